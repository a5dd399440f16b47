import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Asked, binary, openShell, prn, type Recorder, type Shell, startRecorder } from "../run.fixture.ts";

const bundle = { prn: prn("bundle"), organization_prn: "o", name: null, binaries: [], hash: "h" };

async function open(): Promise<{ server: Recorder; shell: Shell }> {
  const server = await startRecorder();
  return { server, shell: await openShell(server.url) };
}

/** What was sent, without its headers. */
const sent = (asked: Asked[]) => asked.map(({ method, path, body }) => [method, path, body]);

describe("bundles create", () => {
  it("takes binaries with their metadata, as the official CLI writes them, and prints the bundle alone", async () => {
    const { server, shell } = await open();
    server.answer("POST", "/bundles", { bundle }, 201);
    const members = [
      `prn=${prn("binary", 3)}`,
      `prn=${prn("artifact_version")};custom_metadata={"a":";prn=x"}`,
      `custom_metadata={"b":{"c":1}};prn=${prn("binary", 4)}`,
      `prn=${prn("binary", 5)};custom_metadata=null`,
    ];
    const more = ["--name", "n", "--id", "i"];
    const ran = await shell.run("bundles", "create", "--binaries", ...members, ...more);
    expect(ran).toEqual({ code: 0, stdout: `${JSON.stringify(bundle)}\n`, stderr: "" });
    expect(server.asked[0]!.headers["x-api-version"]).toBe("2");
    expect(server.asked[0]!.body).toEqual({
      binaries: [
        { prn: prn("binary", 3) },
        { prn: prn("artifact_version"), custom_metadata: { a: ";prn=x" } },
        { prn: prn("binary", 4), custom_metadata: { b: { c: 1 } } },
        { prn: prn("binary", 5), custom_metadata: null },
      ],
      name: "n",
      id: "i",
    });
  });

  it("takes artifact versions with commas or blanks between, in version 1 of the API", async () => {
    const { server, shell } = await open();
    server.answer("POST", "/bundles", { bundle }, 201);
    const prns = [2, 3, 4].map((last) => prn("artifact_version", last));
    await shell.run("bundles", "create", "--artifact-version-prns", `${prns[0]},${prns[1]}`, prns[2]!);
    await shell.run("bundles", "create", "-a", prns.join(","), "--output", "prn");
    for (const { body, headers } of server.asked) {
      expect(body).toEqual({ artifact_version_prns: prns });
      expect(headers["x-api-version"]).toBe("1");
    }
  });

  it.each([
    [[], "give either --binaries or --artifact-version-prns"],
    [["--binaries", "prn=x", "-a", prn("artifact_version")], "give either --binaries or --artifact-version-prns"],
    [["-a", prn("binary")], "--artifact-version-prns must look like prn:1:UUID:artifact_version:UUID"],
    [["--binaries", "x"], "--binaries takes prn=PRN or 'prn=PRN;custom_metadata={…}'; got 'x'"],
    [["--binaries", "prn=x;metadata={}"], "got 'prn=x;metadata={}'"],
    [["--binaries", "prn=x;custom_metadata={"], "the metadata '{' can't be read as JSON"],
    [["--binaries", "prn=x;custom_metadata=[1]"], "the metadata must be a JSON object or null; got [1]"],
    [["--binaries", "prn=x", "--api-version", "1"], "--binaries is for version 2 of the API"],
    [["-a", prn("artifact_version"), "--api-version", "2"], "--artifact-version-prns is for version 1 of the API"],
  ])("ends with 2 for %j", async (args, words) => {
    const { server, shell } = await open();
    const { code, stderr } = await shell.run("bundles", "create", ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
    expect(server.asked).toEqual([]);
  });
});

it("bundles get and update print the bundle alone; list and delete are as all others", async () => {
  const { server, shell } = await open();
  const path = `/bundles/${prn("bundle")}`;
  server.answer("GET", path, { bundle });
  server.answer("PATCH", path, { bundle });
  server.answer("DELETE", path, null, 204);
  server.answer("GET", "/bundles", { bundles: [bundle], next_page: null });
  const line = `${JSON.stringify(bundle)}\n`;
  expect((await shell.run("bundles", "get", "--prn", prn("bundle"))).stdout).toBe(line);
  expect((await shell.run("bundles", "update", "--bundle-prn", prn("bundle"), "--name", "n")).stdout).toBe(line);
  expect((await shell.run("bundles", "list", "--output", "prn")).stdout).toBe(`${prn("bundle")}\n`);
  expect(await shell.run("bundles", "delete", "--prn", prn("bundle"))).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(sent(server.asked)).toEqual([
    ["GET", path, null],
    ["PATCH", path, { name: "n" }],
    ["GET", "/bundles", null],
    ["DELETE", path, null],
  ]);
});

describe("bundle-signatures create", () => {
  it("signs the bundle's hash here", async () => {
    const { server, shell } = await open();
    const key = prn("signing_key");
    const hash = createHash("sha256").update("manifest").digest("hex");
    server.answer("POST", "/signing_keys", { signing_key: { prn: key } }, 201);
    server.answer("GET", `/bundles/${prn("bundle")}`, { bundle: { ...bundle, hash } });
    server.answer("POST", "/bundle_signatures", { bundle_signature: { prn: prn("bundle_signature") } }, 201);
    await shell.run("signing-keys", "create", "--name", "n", "--algorithm", "Ed25519", "--out", "k", "--config", "p");
    const name = ["--bundle-prn", prn("bundle")];
    const ran = await shell.run("bundle-signatures", "create", ...name, "--signing-key-pair", "p", "--output", "prn");
    expect(ran).toEqual({ code: 0, stdout: `${prn("bundle_signature")}\n`, stderr: "" });
    expect(server.asked.at(-1)!.body).toEqual({
      bundle_prn: prn("bundle"),
      signing_key_prn: key,
      signature: expect.stringMatching(/^[0-9A-F]{128}$/),
    });
  });

  it("attaches one that exists", async () => {
    const { server, shell } = await open();
    server.answer("POST", "/bundle_signatures", { bundle_signature: {} }, 201);
    const name = ["--bundle-prn", prn("bundle"), "--signing-key-keyid", "abc"];
    expect((await shell.run("bundle-signatures", "create", ...name, "--signature", "AA", "BB")).code).toBe(0);
    expect(server.asked[0]!.body).toEqual({ bundle_prn: prn("bundle"), signing_key_keyid: "abc", signature: "AABB" });
  });

  it.each([
    [["--bundle-prn", prn("bundle")], "give --signature with --signing-key-prn, or --signing-key-pair"],
    [["--bundle-prn", prn("bundle"), "--signature", "AA"], "--signing-key-prn or --signing-key-keyid is needed"],
    [["--signature", "AA"], "--bundle-prn is needed"],
  ])("ends with 2 for %j", async (args, words) => {
    const { shell } = await open();
    const { code, stderr } = await shell.run("bundle-signatures", "create", ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  });
});

describe("bundle-overrides", () => {
  const override = { bundle_override: { prn: prn("bundle_override") } };
  const path = `/bundle_overrides/${prn("bundle_override")}`;
  const named = ["--prn", prn("bundle_override")];

  it("are created from now on, or between two times", async () => {
    const { server, shell } = await open();
    server.answer("POST", "/bundle_overrides", override, 201);
    const create = ["bundle-overrides", "create", "--name", "n", "--bundle-prn", prn("bundle")];
    const before = new Date().toISOString();
    expect((await shell.run(...create, "--output", "prn")).stdout).toBe(`${prn("bundle_override")}\n`);
    const { starts_at, ...rest } = server.asked[0]!.body as { starts_at: string };
    expect(rest).toEqual({ name: "n", bundle_prn: prn("bundle") });
    expect(starts_at >= before && starts_at <= new Date().toISOString()).toBe(true);
    await shell.run(...create, "--starts-at", "s", "--ends-at", "e", "--description", "d");
    expect(server.asked[1]!.body).toMatchObject({ starts_at: "s", ends_at: "e", description: "d" });
  });

  it("are changed, and lose their end", async () => {
    const { server, shell } = await open();
    server.answer("PATCH", path, override);
    const update = ["bundle-overrides", "update", ...named];
    await shell.run(...update, "--bundle-prn", prn("bundle"), "--ends-at", "e");
    await shell.run(...update, "--never-ends");
    expect(server.asked.map(({ body }) => body)).toEqual([
      { bundle_prn: prn("bundle"), ends_at: "e" },
      { ends_at: null },
    ]);
    for (const [args, words] of [
      [[], "nothing to change is given"],
      [["--never-ends", "--ends-at", "e"], "give either --ends-at or --never-ends"],
      [["--bundle-prn", prn("release")], "names a release"],
    ] as const) {
      const { code, stderr } = await shell.run(...update, ...args);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
    }
  });

  it("take devices, list them page by page, and let them go", async () => {
    const { server, shell } = await open();
    const device = ["--device-prn", prn("device")];
    server.answer("POST", `${path}/devices`, { device: { device_prn: prn("device") } }, 201);
    server.answer("DELETE", `${path}/devices/${prn("device")}`, {});
    expect((await shell.run("bundle-overrides", "devices", "add", ...named, ...device)).code).toBe(0);
    const removed = await shell.run("bundle-overrides", "devices", "remove", ...named, ...device);
    expect(removed).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(sent(server.asked)).toEqual([
      ["POST", `${path}/devices`, { device_prn: prn("device") }],
      ["DELETE", `${path}/devices/${prn("device")}`, null],
    ]);
    server.handle = (request, response) => {
      const last = request.url?.includes("page=second");
      response.end(JSON.stringify({ devices: [{ device_prn: last ? "b" : "a" }], next_page: last ? null : "second" }));
      return true;
    };
    const list = ["bundle-overrides", "devices", "list", ...named];
    expect(JSON.parse((await shell.run(...list)).stdout)).toEqual({
      devices: [{ device_prn: "a" }],
      next_page: "second",
    });
    expect(JSON.parse((await shell.run(...list, "--all")).stdout)).toEqual({
      devices: [{ device_prn: "a" }, { device_prn: "b" }],
      next_page: null,
    });
  });
});

describe("binaries create, for a binary that is signed,", () => {
  const version = prn("artifact_version");
  const name = "camera@1.0/t";

  async function create(...args: string[]): Promise<unknown[][]> {
    const { server, shell } = await open();
    const hash = createHash("sha256").update("abc").digest("hex");
    server.answer("GET", "/binaries", { binaries: [binary({ hash })], next_page: null });
    const artifact_version = { prn: version, artifact_prn: prn("artifact"), version: "1.0" };
    server.answer("GET", `/artifact_versions/${version}`, { artifact_version });
    server.answer("GET", `/artifacts/${prn("artifact")}`, { artifact: { prn: prn("artifact"), name: "camera" } });
    server.answer("POST", "/bundles", { bundle }, 201);
    server.answer("PATCH", `/bundle_overrides/${prn("bundle_override")}`, { bundle_override: {} });
    server.answer("POST", "/bundle_overrides", { bundle_override: { prn: prn("bundle_override", 9) } }, 201);
    server.answer("POST", `/bundle_overrides/${prn("bundle_override", 9)}/devices`, { device: {} }, 201);
    server.answer("POST", "/releases", { release: { prn: prn("release") } }, 201);
    const file = await shell.write("f.bin", "abc");
    const whose = ["--artifact-version-prn", version, "--target", "t", "--content-path", file];
    const { code, stdout } = await shell.run("binaries", "create", ...whose, ...args, "--output", "prn");
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${prn("binary")}\n` });
    return sent(server.asked).filter(([method]) => method !== "GET");
  }

  const inVersion2 = ["POST", "/bundles", { binaries: [{ prn: version, custom_metadata: null }], name }];

  it("gives its bundle to an override", async () => {
    const path = `/bundle_overrides/${prn("bundle_override")}`;
    expect(await create("--bundle-override-prn", prn("bundle_override"))).toEqual([
      inVersion2,
      ["PATCH", path, { prn: prn("bundle_override"), bundle_prn: prn("bundle") }],
    ]);
  });

  it("makes an override for one device", async () => {
    expect(await create("--device-prn", prn("device"))).toEqual([
      inVersion2,
      [
        "POST",
        "/bundle_overrides",
        {
          name,
          bundle_prn: prn("bundle"),
          starts_at: expect.any(String),
          description: `Auto-created bundle override for bundle ${prn("bundle")}`,
        },
      ],
      ["POST", `/bundle_overrides/${prn("bundle_override", 9)}/devices`, { device_prn: prn("device") }],
    ]);
  });

  it("releases it to a cohort, in version 1 as well", async () => {
    expect(await create("--cohort-prn", prn("cohort"), "--api-version", "1")).toEqual([
      ["POST", "/bundles", { artifact_version_prns: [version], name }],
      [
        "POST",
        "/releases",
        {
          bundle_prn: prn("bundle"),
          cohort_prn: prn("cohort"),
          description: null,
          name,
          phase_value: 1,
          required: false,
          schedule_date: expect.any(String),
          version: null,
          version_requirement: null,
        },
      ],
    ]);
  });
});
