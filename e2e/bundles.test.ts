import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi, makeVersion } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addCohort, addDevice, addProduct, addRelease } from "./support/fleet.ts";
import { addOrganization } from "./support/organization.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";
import { makeSigner, signableBinary, signBinary, signedBinary, type TestSigner } from "./support/signed.ts";

let server: TestServer;
/** Says no version. */
let api: Api;
let signer: TestSigner;
let organization: string;

/** The same, saying which version it wants. */
const saying =
  (version: "1" | "2"): Api =>
  (method, path, body) =>
    api(method, path, body, { "x-api-version": version });
const v1 = saying("1");
const v2 = saying("2");

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  signer = await makeSigner(api);
  organization = (await api("GET", "/users/me")).body.data.organization_prn;
});
afterAll(() => server.stop());

const signed = (fields = {}, content?: Uint8Array) => signedBinary(server, api, signer, fields, content);
const versionOf = async (binary: string): Promise<string> =>
  (await api("GET", `/binaries/${binary}`)).body.binary.artifact_version_prn;

async function bundleOf(binaries: string[], fields = {}): Promise<Answer["body"]> {
  const answer = await v2("POST", "/bundles", { binaries: binaries.map((prn) => ({ prn })), ...fields });
  expect(answer.body.errors).toBeUndefined();
  expect(answer.status).toBe(201);
  return answer.body.bundle;
}

const missing = (type: string) => `${organization}:${type}:${randomUUID()}`;

describe("a bundle", () => {
  it("keeps its binaries in the order in which they were given", async () => {
    const [a, b, c] = [await signed(), await signed(), await signed()];
    const bundle = await bundleOf([c, a, b]);
    expect(bundle.binaries.map(({ prn }: { prn: string }) => prn)).toEqual([c, a, b]);
    expect((await v2("GET", `/bundles/${bundle.prn}`)).body.bundle).toEqual(bundle);
  });

  it("has the SHA-256 of its canonical manifest as its hash", async () => {
    const metadata = { z: 1, a: { y: [1e21, "ü"], b: null } };
    const [a, b] = [await signed({ custom_metadata: metadata }), await signed()];
    const bundle = await bundleOf([a, b]);
    // Written out by hand, in the order that RFC 8785 wants: an own serialiser would only repeat the server's.
    const items = [];
    for (const [prn, json] of [
      [a, '{"a":{"b":null,"y":[1e+21,"ü"]},"z":1}'],
      [b, "{}"],
    ] as const) {
      const { binary } = (await api("GET", `/binaries/${prn}`)).body;
      const version = (await api("GET", `/artifact_versions/${binary.artifact_version_prn}`)).body.artifact_version;
      const id = (text: string) => text.split(":").at(-1);
      items.push(
        `{"artifact_id":"${id(version.artifact_prn)}","artifact_version_id":"${id(version.prn)}",` +
          `"binary_id":"${id(prn)}","custom_metadata":${json},"hash":"${binary.hash}","size":${binary.size},` +
          `"target":"portable"}`,
      );
    }
    expect(bundle.hash).toBe(
      createHash("sha256")
        .update(`[${items.join(",")}]`)
        .digest("hex"),
    );
  });

  it("of version 1 takes all binaries of each version that aren't destroyed, as they were made", async () => {
    const version = await makeVersion(api);
    const first = await signed({ artifact_version_prn: version, target: "t1" });
    const gone = await signed({ artifact_version_prn: version, target: "t2" });
    const second = await signed({ artifact_version_prn: version, target: "t3" });
    await api("POST", `/binaries/${gone}/destroy`);
    const other = await signed();
    const prns = [await versionOf(other), version];
    const { status, body } = await v1("POST", "/bundles", { artifact_version_prns: prns, name: "both" });
    expect(status).toBe(201);
    expect(body.bundle).toEqual({
      prn: expect.stringContaining(":bundle:"),
      organization_prn: organization,
      name: "both",
      artifact_versions: prns,
      inserted_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const { bundle } = (await v2("GET", `/bundles/${body.bundle.prn}`)).body;
    expect(bundle.binaries.map(({ prn }: { prn: string }) => prn)).toEqual([other, first, second]);
  });

  it("of version 2 takes an artifact version for its binaries, with the metadata that stands there", async () => {
    const version = await makeVersion(api);
    const binaries = [
      await signed({ artifact_version_prn: version, target: "t1" }),
      await signed({ artifact_version_prn: version, target: "t2", custom_metadata: { own: true } }),
    ];
    const name = `${"a".repeat(128)}@${"v".repeat(128)}/${"t".repeat(128)}`;
    const answer = await v2("POST", "/bundles", { binaries: [{ prn: version, custom_metadata: { a: 1 } }], name });
    expect(answer.status).toBe(201);
    expect(answer.body.bundle).toMatchObject({ name, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(answer.body.bundle).not.toHaveProperty("artifact_versions");
    expect(answer.body.bundle.binaries).toEqual(binaries.map((prn) => ({ prn, custom_metadata: { a: 1 } })));
  });

  it("is answered in the shape of the version that is asked for, and of version 1 without", async () => {
    const binary = await signed();
    const version = await versionOf(binary);
    const made = await api("POST", "/bundles", { binaries: [{ prn: binary }] });
    expect(made.body.bundle).toMatchObject({ artifact_versions: [version] });
    expect(made.body.bundle).not.toHaveProperty("hash");
    const { prn } = made.body.bundle;
    for (const [call, key, other] of [
      [api, "artifact_versions", "binaries"],
      [v1, "artifact_versions", "binaries"],
      [v2, "binaries", "artifact_versions"],
    ] as const) {
      const answers = [
        (await call("GET", `/bundles/${prn}`)).body.bundle,
        (await call("PATCH", `/bundles/${prn}`, { prn, name: "renamed" })).body.bundle,
        (await call("GET", `/bundles?search=${encodeURIComponent(`prn:'${prn}'`)}`)).body.bundles[0],
      ];
      for (const bundle of answers) {
        expect(bundle).toHaveProperty(key);
        expect(bundle).not.toHaveProperty(other);
        expect("hash" in bundle).toBe(key === "binaries");
      }
    }
  });

  it("names each version once, where several of its members are of one", async () => {
    const version = await makeVersion(api);
    const [a, c] = [
      await signed({ artifact_version_prn: version, target: "t1" }),
      await signed({ artifact_version_prn: version, target: "t2" }),
    ];
    const b = await signed();
    const { prn } = await bundleOf([a, b, c]);
    expect((await v1("GET", `/bundles/${prn}`)).body.bundle.artifact_versions).toEqual([version, await versionOf(b)]);
  });

  it("inherits metadata of the binary, else of its version, else of its artifact, whole, and for good", async () => {
    const artifact = (await api("POST", "/artifacts", { name: randomUUID(), custom_metadata: { of: "artifact" } })).body
      .artifact.prn;
    const version = async (custom_metadata: object | null) => {
      const body = { artifact_prn: artifact, version: randomUUID(), custom_metadata };
      return (await api("POST", "/artifact_versions", body)).body.artifact_version.prn as string;
    };
    const [bare, described] = [await version(null), await version({ of: "version", more: 1 })];
    const binaries = [
      await signed({ artifact_version_prn: bare, target: "artifact" }),
      await signed({ artifact_version_prn: described, target: "version" }),
      await signed({ artifact_version_prn: described, target: "binary", custom_metadata: { of: "binary" } }),
      await signed({ artifact_version_prn: described, target: "given", custom_metadata: { of: "binary" } }),
      await signed({ artifact_version_prn: described, target: "none", custom_metadata: { of: "binary" } }),
    ];
    const given = [{}, { custom_metadata: null }, {}, { custom_metadata: { of: "bundle" } }, { custom_metadata: {} }];
    const answer = await v2("POST", "/bundles", { binaries: binaries.map((prn, at) => ({ prn, ...given[at] })) });
    const { bundle } = answer.body;
    const metadata = bundle.binaries.map((member: { custom_metadata: object }) => member.custom_metadata);
    expect(metadata).toEqual([{ of: "artifact" }, { of: "version", more: 1 }, { of: "binary" }, { of: "bundle" }, {}]);

    for (const prn of [artifact, described]) {
      const path = `/${prn.includes(":artifact:") ? "artifacts" : "artifact_versions"}/${prn}`;
      await api("PATCH", path, { custom_metadata: { changed: true } });
    }
    await api("PATCH", `/binaries/${binaries[2]}`, { custom_metadata: null });
    expect((await v2("GET", `/bundles/${bundle.prn}`)).body.bundle).toEqual(bundle);
  });

  it("made again is the same one, unless its members, their order, metadata or name differ, or it has an id", async () => {
    const [a, b] = [await signed(), await signed()];
    const bundle = await bundleOf([a, b], { name: "n" });
    expect(await bundleOf([a, b], { name: "n" })).toEqual(bundle);
    const id = randomUUID();
    const others = [
      await bundleOf([b, a], { name: "n" }),
      await bundleOf([a], { name: "n" }),
      await bundleOf([a, b]),
      await bundleOf([a, b], { name: "m" }),
      await bundleOf([a, b], { name: "n", id }),
    ];
    const changed = await v2("POST", "/bundles", {
      binaries: [{ prn: a, custom_metadata: { x: 1 } }, { prn: b }],
      name: "n",
    });
    const prns = [bundle, ...others, changed.body.bundle].map(({ prn }) => prn);
    expect(new Set(prns).size).toBe(7);
    expect(others[4].prn).toBe(`${organization}:bundle:${id}`);
    expect(others[4].hash).toBe(bundle.hash);
  });

  it("made by ten requests at once is one bundle", async () => {
    const prn = await signed();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => v2("POST", "/bundles", { binaries: [{ prn }], name: "once" })),
    );
    expect(new Set(answers.map(({ body }) => body.bundle.prn)).size).toBe(1);
  });

  it("is renamed, and keeps all else", async () => {
    const bundle = await bundleOf([await signed()]);
    const answer = await v2("PATCH", `/bundles/${bundle.prn}`, { name: "new", binaries: [] });
    expect(answer.body.bundle).toEqual({ ...bundle, name: "new", updated_at: expect.any(String) });
    const cleared = await v2("PATCH", `/bundles/${bundle.prn}`, { name: null });
    expect(cleared.body.bundle.name).toBeNull();
  });

  it("is found by name and hash, page by page", async () => {
    const word = randomUUID();
    const binary = await signed();
    const made = [];
    for (const n of [1, 2, 3]) made.push(await bundleOf([binary], { name: `Name ${word} ${n}` }));
    const search = (text: string) => `/bundles?search=${encodeURIComponent(text)}&order=asc`;
    expect((await v2("GET", search(`name-'nAME ${word}'`))).body.bundles).toEqual(made);
    expect((await v2("GET", search(`hash:'${made[0].hash}'`))).body.bundles).toEqual(made);
    const first = (await v2("GET", `${search(`name~'${word}'`)}&limit=2`)).body;
    expect(first.bundles).toEqual(made.slice(0, 2));
    const rest = (await v2("GET", `${search(`name~'${word}'`)}&limit=2&page=${first.next_page}`)).body;
    expect(rest).toEqual({ bundles: made.slice(2), next_page: null });
  });

  it("is deleted, with its signatures, when nothing uses it", async () => {
    const bundle = await bundleOf([await signed()]);
    const signature = await signBundle(bundle);
    expect((await api("DELETE", `/bundles/${bundle.prn}`)).status).toBe(204);
    expect((await api("GET", `/bundles/${bundle.prn}`)).status).toBe(404);
    expect((await api("GET", `/bundle_signatures/${signature.body.bundle_signature.prn}`)).status).toBe(404);
  });

  it("is not deleted while releases or overrides use it", async () => {
    const bundle = await bundleOf([await signed()]);
    const override = await overrideOf(bundle.prn);
    const product = addProduct(server, organization);
    const release = addRelease(server, organization, addCohort(server, organization, product), bundle.prn);
    const detail = `the bundle is used by '${release}', '${override.prn}'; delete what uses it first`;
    expectRefusal(await api("DELETE", `/bundles/${bundle.prn}`), refusal(409, "conflict", detail));
    expect((await api("GET", `/bundles/${bundle.prn}`)).status).toBe(200);
  });

  it("is written into the trail with its members", async () => {
    const binary = await signed();
    const bundle = await bundleOf([binary]);
    await v2("PATCH", `/bundles/${bundle.prn}`, { name: "told" });
    await api("DELETE", `/bundles/${bundle.prn}`);
    const search = encodeURIComponent(`resource_prn:'${bundle.prn}'`);
    const { audit_logs } = (await api("GET", `/audit_logs?order=asc&search=${search}`)).body;
    expect(audit_logs).toMatchObject([
      { type: "bundle", subtype: "created", after: { hash: bundle.hash, binaries: [binary] } },
      { type: "bundle", subtype: "updated", before: { name: null }, after: { name: "told" } },
      { type: "bundle", subtype: "deleted", before: { hash: bundle.hash } },
    ]);
  });
});

describe("a bundle is refused", () => {
  it("for binaries that aren't signed, which are named", async () => {
    const [good, signable, destroyed] = [await signed(), await signableBinary(server, api), await signed()];
    const uploadable = (await api("POST", "/binaries", { artifact_version_prn: await makeVersion(api), target: "t" }))
      .body.binary.prn;
    await api("POST", `/binaries/${destroyed}/destroy`);
    const binaries = [good, signable, uploadable, destroyed].map((prn) => ({ prn }));
    const detail =
      `a bundle takes only signed binaries; not signed: '${signable}' (signable), '${uploadable}' (uploadable), ` +
      `'${destroyed}' (destroyed)`;
    expectRefusal(await v2("POST", "/bundles", { binaries }), refusal(409, "conflict", detail));

    const one = `a bundle takes only signed binaries; not signed: '${signable}' (signable)`;
    const version = await versionOf(signable);
    const first = await v1("POST", "/bundles", { artifact_version_prns: [await versionOf(good), version] });
    expectRefusal(first, refusal(409, "conflict", one));
    expectRefusal(await v2("POST", "/bundles", { binaries: [{ prn: version }] }), refusal(409, "conflict", one));
  });

  it("for a binary that is there twice, by itself or by its version", async () => {
    const binary = await signed();
    const version = await versionOf(binary);
    const post = (...prns: string[]) => v2("POST", "/bundles", { binaries: prns.map((prn) => ({ prn })) });
    const twice = `names '${binary}' a second time`;
    expectRefusal(await post(binary, binary), field("binaries.1.prn", twice));
    expectRefusal(
      await post(binary, binary.toUpperCase().replace("PRN", "prn").replace("BINARY", "binary")),
      field(
        "binaries.1.prn",
        `names '${binary.toUpperCase().replace("PRN", "prn").replace("BINARY", "binary")}' a second time`,
      ),
    );
    expectRefusal(await post(binary, version), field("binaries.1.prn", `brings '${binary}' a second time`));
    expectRefusal(
      await v1("POST", "/bundles", { artifact_version_prns: [version, version] }),
      field("artifact_version_prns.1", `names '${version}' a second time`),
    );
  });

  it("for a version without a binary that could be in it", async () => {
    const empty = await makeVersion(api);
    const binary = await signed();
    const gone = await versionOf(binary);
    await api("POST", `/binaries/${binary}/destroy`);
    for (const version of [empty, gone]) {
      const problem = `names '${version}', which has no binary, or only destroyed and archived ones`;
      expectRefusal(
        await v1("POST", "/bundles", { artifact_version_prns: [version] }),
        field("artifact_version_prns.0", problem),
      );
      expectRefusal(await v2("POST", "/bundles", { binaries: [{ prn: version }] }), field("binaries.0.prn", problem));
    }
  });

  it("for what isn't there, or is another organization's, in the same words", async () => {
    const strangers = await addOrganization(server, "Strangers");
    const theirs = await makeVersion(callApi(server.url, strangers.key));
    const ours = await signed();
    for (const [prn, noun] of [
      [missing("binary"), "binary"],
      [missing("artifact_version"), "artifact version"],
      [theirs, "artifact version"],
      [missing("device"), "binary"],
      ["nonsense", "binary"],
    ] as const) {
      const detail = `there is no ${noun} '${prn}' in this organization`;
      const answer = await v2("POST", "/bundles", { binaries: [{ prn: ours }, { prn }] });
      expectRefusal(answer, refusal(404, "not_found", detail));
    }
    const detail = `there is no artifact version '${ours}' in this organization`;
    expectRefusal(await v1("POST", "/bundles", { artifact_version_prns: [ours] }), refusal(404, "not_found", detail));
  });

  it("for a body of the other version, of both, or of none", async () => {
    const prn = await signed();
    const one = { artifact_version_prns: [await versionOf(prn)] };
    const two = { binaries: [{ prn }] };
    const beside = "can't stand beside artifact_version_prns: give one of the two";
    for (const [call, body, expected] of [
      [v1, two, field("artifact_version_prns", "is required with x-api-version 1")],
      [v2, one, field("binaries", "is required with x-api-version 2")],
      [v1, { ...one, ...two }, field("binaries", "is for x-api-version 2; this request says 1")],
      [v2, { ...one, ...two }, field("artifact_version_prns", "is for x-api-version 1; this request says 2")],
      [api, { ...one, ...two }, field("binaries", beside)],
      [api, {}, field("binaries", "is required, or artifact_version_prns in its place")],
    ] as const) {
      expectRefusal(await call("POST", "/bundles", body), expected);
    }
  });

  it.each([
    [{ binaries: [] }, "binaries", "must have at least 1 item; got 0"],
    [{ binaries: [{}] }, "binaries.0.prn", "is required"],
    [{ binaries: [{ prn: "x" }], name: "" }, "name", "must have at least 1 character; got 0"],
    [{ binaries: [{ prn: "x" }], name: "n".repeat(513) }, "name", "must have at most 512 characters; got 513"],
    [{ binaries: [{ prn: "x" }], name: "\u0000" }, "name", "must be text without control characters; got '\u0000'"],
    [
      { binaries: [{ prn: "x", custom_metadata: [] }] },
      "binaries.0.custom_metadata",
      "must be an object or null; got []",
    ],
    [
      { binaries: [{ prn: "x" }], id: "1" },
      "id",
      "must be a UUID such as 0190b1c2-7d3e-7f00-8000-000000000000; got '1'",
    ],
  ])("for the body %j", async (body, name, problem) => {
    expectRefusal(await v2("POST", "/bundles", body), field(name, problem));
  });

  it("for metadata that is too large: of one, or of all together", async () => {
    const [a, b, c] = [await signed(), await signed(), await signed()];
    const text = (bytes: number) => ({ custom_metadata: { a: "x".repeat(bytes - 8) } });
    const tooLarge = "must have at most 1000000 bytes as compact JSON; got 1000001";
    expectRefusal(
      await v2("POST", "/bundles", { binaries: [{ prn: a }, { prn: b, ...text(1_000_001) }] }),
      field("binaries.1.custom_metadata", tooLarge),
    );
    const most = [a, b].map((prn) => ({ prn, ...text(1_000_000) }));
    expect((await v2("POST", "/bundles", { binaries: most })).status).toBe(201);
    const together =
      "the metadata of all members, what they inherit included, must have at most 2000000 bytes together; got 2000008";
    expectRefusal(
      await v2("POST", "/bundles", { binaries: [...most, { prn: c, ...text(8) }] }),
      field("binaries", together),
    );
  });

  it("for an id that is taken, which may be another organization's too", async () => {
    const id = randomUUID();
    await bundleOf([await signed()], { id });
    const again = { binaries: [{ prn: await signed() }], id };
    expectRefusal(await v2("POST", "/bundles", again), field("id", `is taken by another bundle; got '${id}'`));
    const strangers = await addOrganization(server, "Same ids");
    const theirs = callApi(server.url, strangers.key);
    const binary = await signedBinary(
      { ...server, key: strangers.key },
      theirs,
      await makeSigner(theirs),
      {},
      randomBytes(5),
    );
    const answer = await theirs("POST", "/bundles", { binaries: [{ prn: binary }], id });
    expect(answer.status).toBe(201);
  });
});

describe("while a bundle holds a binary,", () => {
  it("the signature that it needs can't be deleted; one more than it needs can", async () => {
    const binary = await signed();
    const second = await makeSigner(api);
    const more = (await signBinary(api, second, binary)).body.binary_signature.prn;
    const bundle = await bundleOf([binary]);
    expect((await api("DELETE", `/binary_signatures/${more}`)).status).toBe(200);
    const search = encodeURIComponent(`binary_prn:'${binary}'`);
    const [last] = (await api("GET", `/binary_signatures?search=${search}`)).body.binary_signatures;
    const detail = `'${bundle.prn}' holds this binary, which would have too few signatures without this one`;
    expectRefusal(await api("DELETE", `/binary_signatures/${last.prn}`), refusal(409, "conflict", detail));
    expect((await api("GET", `/binaries/${binary}`)).body.binary).toMatchObject({ state: "signed", signatures: [{}] });

    await api("DELETE", `/bundles/${bundle.prn}`);
    expect((await api("DELETE", `/binary_signatures/${last.prn}`)).status).toBe(200);
    expect((await api("GET", `/binaries/${binary}`)).body.binary.state).toBe("signable");
  });

  it("it can't be deleted, but destroyed", async () => {
    const binary = await signed();
    const bundle = await bundleOf([binary]);
    const held = `the binary is 'signed', is held by '${bundle.prn}' and can't be deleted; destroy it instead`;
    expectRefusal(await api("DELETE", `/binaries/${binary}`), refusal(409, "conflict", held));
    expect((await api("POST", `/binaries/${binary}/destroy`)).status).toBe(200);
    expect((await v2("GET", `/bundles/${bundle.prn}`)).body.bundle).toEqual(bundle);
  });

  it("no race of bundles with what unsigns or destroys their binaries leaves one with an unsigned binary", async () => {
    for (const undo of ["signature", "destroy"] as const) {
      for (let round = 0; round < 10; round++) {
        const binary = await signed();
        const search = encodeURIComponent(`binary_prn:'${binary}'`);
        const [signature] = (await api("GET", `/binary_signatures?search=${search}`)).body.binary_signatures;
        const undoing = () =>
          undo === "destroy"
            ? api("POST", `/binaries/${binary}/destroy`)
            : api("DELETE", `/binary_signatures/${signature.prn}`);
        const making = () => v2("POST", "/bundles", { binaries: [{ prn: binary }] });
        const calls = round % 2 ? [making(), undoing()] : [undoing(), making()].reverse();
        const [made, undone] = await Promise.all(calls);
        const { state } = (await api("GET", `/binaries/${binary}`)).body.binary;
        if (undo === "destroy") expect([201, 409]).toContain(made!.status);
        else
          expect([made!.status, undone!.status, state]).toEqual(
            made!.status === 201 ? [201, 409, "signed"] : [409, 200, "signable"],
          );
      }
    }
  });
});

function signBundle(bundle: { prn: string; hash: string }, by: TestSigner = signer): Promise<Answer> {
  const signature = by.sign(bundle.hash);
  return api("POST", "/bundle_signatures", { bundle_prn: bundle.prn, signing_key_prn: by.prn, signature });
}

async function overrideOf(bundle: string, fields = {}): Promise<Answer["body"]> {
  const body = { name: "trial", bundle_prn: bundle, starts_at: "2026-01-01T00:00:00Z", ...fields };
  const answer = await api("POST", "/bundle_overrides", body);
  expect(answer.status).toBe(201);
  return answer.body.bundle_override;
}

describe("the usage of a binary", () => {
  it("is nothing at first", async () => {
    const prn = await signed();
    expect((await api("GET", `/binaries/${prn}/usage`)).body).toEqual({
      usage: {
        binary_prn: prn,
        bundles: [],
        releases: [],
        bundle_overrides: [],
        bundle_count: 0,
        release_count: 0,
        bundle_override_count: 0,
        device_count: 0,
      },
    });
  });

  it("names bundles, releases and overrides, and counts each device once", async () => {
    const [binary, other] = [await signed(), await signed()];
    const [one, two] = [await bundleOf([binary], { name: "one" }), await bundleOf([other, binary], { name: "two" })];
    const without = await bundleOf([other]);
    const product = addProduct(server, organization);
    const [first, second, third] = [5, 7, 11].map((devices) => addCohort(server, organization, product, devices));
    const releases = [
      addRelease(server, organization, first!, one.prn),
      addRelease(server, organization, second!, two.prn),
    ];
    addRelease(server, organization, third!, without.prn);
    const overrides = [await overrideOf(one.prn, { name: "a" }), await overrideOf(two.prn, { name: "b" })];
    const inCohort = addDevice(server, organization, product, first);
    const elsewhere = addDevice(server, organization, product, third);
    const nowhere = addDevice(server, organization, product);
    for (const [override, device] of [
      [overrides[0].prn, inCohort],
      [overrides[0].prn, elsewhere],
      [overrides[1].prn, elsewhere],
      [overrides[1].prn, nowhere],
    ]) {
      await api("POST", `/bundle_overrides/${override}/devices`, { device_prn: device });
    }
    const { usage } = (await api("GET", `/binaries/${binary}/usage`)).body;
    expect(usage).toMatchObject({ bundle_count: 2, release_count: 2, bundle_override_count: 2 });
    // 5 and 7 of the cohorts, which count the first device; the other two are in neither.
    expect(usage.device_count).toBe(14);
    expect(usage.bundles).toEqual([two, one].map(({ prn, name }) => ({ prn, name })));
    expect(usage.bundle_overrides).toEqual(overrides.reverse().map(({ prn, name }) => ({ prn, name })));
    expect(new Set(usage.releases.map(({ prn }: { prn: string }) => prn))).toEqual(new Set(releases));
    expect(usage.releases[0]).toEqual({
      prn: expect.any(String),
      name: "a release",
      cohort_prn: expect.stringContaining(":cohort:"),
      version: null,
    });
  });
});
