import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addCohort, addProduct } from "./support/fleet.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";

let server: TestServer;
let api: Api;
let signer: TestSigner;
let organization: string;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  signer = await makeSigner(api);
  organization = (await api("GET", "/users/me")).body.data.organization_prn;
});
afterAll(() => server.stop());

/** What it says, whatever its form. */
const refusal = ({ body }: Answer): string => JSON.stringify(body.errors);

type Kind = "artifacts" | "artifact_versions" | "binaries";

const archive = (kind: Kind, prn: string, archived = true) => api("PATCH", `/${kind}/${prn}`, { archived });

async function archived(kind: Kind, prn: string, wanted = true): Promise<void> {
  const answer = await archive(kind, prn, wanted);
  expect(answer.body.errors).toBeUndefined();
  const [thing] = Object.values(answer.body) as { archived: boolean; archived_at: string | null }[];
  expect([thing!.archived, thing!.archived_at !== null]).toEqual([wanted, wanted]);
}

const isArchived = async (kind: Kind, prn: string) =>
  (Object.values((await api("GET", `/${kind}/${prn}`)).body)[0] as { archived: boolean }).archived;

async function listed(kind: Kind, search: string): Promise<string[]> {
  const answer = await api("GET", `/${kind}?limit=100&search=${encodeURIComponent(search)}`);
  expect(answer.body.errors).toBeUndefined();
  return answer.body[kind].map(({ prn }: { prn: string }) => prn).sort();
}

/** An artifact with two versions, each with a signed binary. */
async function makeArtifact() {
  const artifact = (await api("POST", "/artifacts", { name: `firmware ${randomUUID()}` })).body.artifact.prn as string;
  const versions: string[] = [];
  const binaries: string[] = [];
  for (const version of ["1", "2"]) {
    const made = await api("POST", "/artifact_versions", { artifact_prn: artifact, version });
    versions.push(made.body.artifact_version.prn);
    binaries.push(await signedBinary(server, api, signer, { artifact_version_prn: versions.at(-1)! }));
  }
  return { artifact, versions, binaries } as const;
}

async function bundleOf(...binaries: string[]): Promise<string> {
  const body = { binaries: binaries.map((prn) => ({ prn })) };
  const answer = await api("POST", "/bundles", body, { "x-api-version": "2" });
  expect(answer.body.errors).toBeUndefined();
  return answer.body.bundle.prn;
}

async function releaseOf(bundle: string, fields = {}) {
  const cohort_prn = addCohort(server, organization, addProduct(server, organization));
  const body = { bundle_prn: bundle, cohort_prn, name: "a release" };
  const times = { schedule_date: "2026-01-01T00:00:00Z", phase_mode: "numeric", phase_value: 1 };
  return api("POST", "/releases", { ...times, required: false, disabled: false, ...body, ...fields });
}

describe("an archived binary", () => {
  it("is hidden from lists, unless they are asked for it, or name it", async () => {
    const { versions, binaries } = await makeArtifact();
    const [version, binary] = [versions[0]!, binaries[0]!];
    const only = `artifact_version_prn:'${version}'`;
    await archived("binaries", binary);
    expect(await listed("binaries", only)).toEqual([]);
    expect(await listed("binaries", `${only} and archived:false`)).toEqual([]);
    expect(await listed("binaries", `${only} and archived:true`)).toEqual([binary]);
    expect(await listed("binaries", `${only} and archived:'any'`)).toEqual([binary]);
    expect(await listed("binaries", `prn:'${binary}'`)).toEqual([binary]);
    await archived("binaries", binary, false);
    expect(await listed("binaries", only)).toEqual([binary]);
    expect(await listed("binaries", `${only} and archived:true`)).toEqual([]);
  });

  it("is found by its hash, as the official CLI looks for it", async () => {
    const { binaries } = await makeArtifact();
    await archived("binaries", binaries[0]!);
    const { hash } = (await api("GET", `/binaries/${binaries[0]}`)).body.binary;
    expect(await listed("binaries", `hash:'${hash}'`)).toEqual([binaries[0]]);
  });

  it("is in no new bundle, neither by its name nor with its version", async () => {
    const { versions, binaries } = await makeArtifact();
    await archived("binaries", binaries[0]!);
    const named = await api("POST", "/bundles", { binaries: [{ prn: binaries[0] }, { prn: binaries[1] }] });
    expect([named.status, refusal(named)]).toEqual([409, expect.stringContaining(`archived: '${binaries[0]}'`)]);
    const both = await api("POST", "/bundles", { artifact_version_prns: versions });
    expect(both.status).toBe(422);
    const other = await signedBinary(server, api, signer, { artifact_version_prn: versions[0]!, target: "other" });
    const body = { binaries: versions.map((prn) => ({ prn })) };
    const without = await api("POST", "/bundles", body, { "x-api-version": "2" });
    expect(without.body.bundle.binaries.map(({ prn }: { prn: string }) => prn)).toEqual([other, binaries[1]]);
  });

  it("can still be downloaded", async () => {
    const { binaries } = await makeArtifact();
    await archived("binaries", binaries[0]!);
    const { download_url } = (await api("GET", `/binaries/${binaries[0]}/download_url`)).body;
    expect((await fetch(download_url)).status).toBe(200);
  });

  it("is told as an event and in the trail, once", async () => {
    const { binaries } = await makeArtifact();
    await archived("binaries", binaries[0]!);
    await archived("binaries", binaries[0]!);
    await archived("binaries", binaries[0]!, false);
    const search = encodeURIComponent(`resource_prn:'${binaries[0]}'`);
    const subtypes = (await api("GET", `/audit_logs?limit=100&search=${search}`)).body.audit_logs.map(
      ({ subtype }: { subtype: string }) => subtype,
    );
    expect(subtypes.slice(0, 2)).toEqual(["unarchived", "archived"]);
    expect(subtypes.filter((subtype: string) => subtype.endsWith("archived"))).toHaveLength(2);
    const events = (await api("GET", "/events?limit=100")).body.events;
    const told = events.filter((event: { resource_prn: string }) => event.resource_prn === binaries[0]);
    expect(told.map(({ event_subtype }: { event_subtype: string }) => event_subtype).slice(0, 2)).toEqual([
      "unarchived",
      "archived",
    ]);
  });
});

describe("archiving", () => {
  it("is refused while a release that isn't disabled sends it to devices, for whatever it belongs to", async () => {
    const { artifact, versions, binaries } = await makeArtifact();
    const release = (await releaseOf(await bundleOf(binaries[0]!))).body.release.prn;
    for (const [kind, prn] of [
      ["binaries", binaries[0]!],
      ["artifact_versions", versions[0]!],
      ["artifacts", artifact],
    ] as const) {
      const answer = await archive(kind, prn);
      expect([answer.status, refusal(answer)]).toEqual([409, expect.stringContaining(`the release '${release}'`)]);
      expect(await isArchived(kind, prn)).toBe(false);
    }
    await archived("binaries", binaries[1]!);
    await api("PATCH", `/releases/${release}`, { disabled: true });
    await archived("artifacts", artifact);
    const enabled = await api("PATCH", `/releases/${release}`, { disabled: false });
    expect([enabled.status, refusal(enabled)]).toEqual([409, expect.stringContaining(binaries[0]!)]);
  });

  it("is refused while an override that hasn't ended sends it to devices", async () => {
    const { binaries } = await makeArtifact();
    const bundle_prn = await bundleOf(binaries[0]!);
    const starts_at = "2026-01-01T00:00:00Z";
    const override = (await api("POST", "/bundle_overrides", { name: "o", bundle_prn, starts_at })).body;
    const { prn } = override.bundle_override;
    const answer = await archive("binaries", binaries[0]!);
    expect([answer.status, refusal(answer)]).toEqual([409, expect.stringContaining(`the bundle override '${prn}'`)]);
    await api("PATCH", `/bundle_overrides/${prn}`, { ends_at: "2026-01-02T00:00:00Z" });
    await archived("binaries", binaries[0]!);
    expect((await api("PATCH", `/bundle_overrides/${prn}`, { ends_at: null })).status).toBe(409);
    expect((await api("PATCH", `/bundle_overrides/${prn}`, { name: "renamed" })).status).toBe(200);
    expect((await api("POST", "/bundle_overrides", { name: "o", bundle_prn, starts_at })).status).toBe(409);
  });

  it("keeps its bundles from being released, unless that is disabled", async () => {
    const { binaries } = await makeArtifact();
    const bundle = await bundleOf(binaries[0]!, binaries[1]!);
    await archived("binaries", binaries[1]!);
    const answer = await releaseOf(bundle);
    expect([answer.status, refusal(answer)]).toEqual([
      409,
      expect.stringContaining(`archived binaries: '${binaries[1]}'`),
    ]);
    expect((await releaseOf(bundle, { disabled: true })).status).toBe(201);
  });

  it("of an artifact takes along what belongs to it, and brings back only that", async () => {
    const { artifact, versions, binaries } = await makeArtifact();
    await archived("artifact_versions", versions[1]!);
    expect(await isArchived("binaries", binaries[1]!)).toBe(true);
    await archived("artifacts", artifact);
    expect(await listed("artifact_versions", `artifact_prn:'${artifact}'`)).toEqual([]);
    expect(await isArchived("binaries", binaries[0]!)).toBe(true);

    const below = await archive("binaries", binaries[0]!, false);
    expect([below.status, refusal(below)]).toEqual([409, expect.stringContaining(versions[0]!)]);
    expect((await archive("artifact_versions", versions[0]!, false)).status).toBe(409);
    const added = await api("POST", "/artifact_versions", { artifact_prn: artifact, version: "3" });
    expect([added.status, refusal(added)]).toEqual([422, expect.stringContaining("which is archived")]);
    const target = { artifact_version_prn: versions[0], target: "other" };
    expect((await api("POST", "/binaries", target)).status).toBe(422);

    await archived("artifacts", artifact, false);
    expect(await listed("artifact_versions", `artifact_prn:'${artifact}'`)).toEqual([versions[0]]);
    expect(await isArchived("binaries", binaries[0]!)).toBe(false);
    expect(await isArchived("binaries", binaries[1]!)).toBe(true);
    await archived("artifact_versions", versions[1]!, false);
    expect(await isArchived("binaries", binaries[1]!)).toBe(false);
  });
});
