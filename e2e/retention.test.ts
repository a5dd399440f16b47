import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addCohort, addDevice, addProduct } from "./support/fleet.ts";
import { peridioOf } from "./support/peridio.ts";
import { change } from "./support/query.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";
import { until } from "./support/until.ts";

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

/** An artifact with signed binaries, oldest first. */
async function makeArtifact(count: number) {
  const artifact = (await api("POST", "/artifacts", { name: `firmware ${randomUUID()}` })).body.artifact.prn as string;
  const binaries: string[] = [];
  for (let version = 1; version <= count; version++) {
    const made = await api("POST", "/artifact_versions", { artifact_prn: artifact, version: String(version) });
    const artifact_version_prn = made.body.artifact_version.prn;
    binaries.push(await signedBinary(server, api, signer, { artifact_version_prn }));
  }
  return { artifact, binaries };
}

async function setRule(artifact: string, rule: object): Promise<void> {
  const answer = await api("PUT", `/artifacts/${artifact}/retention`, rule);
  expect(answer.body.errors).toBeUndefined();
}

interface Planned {
  prn: string;
  action: string;
  reasons: string[];
}

async function planOf(artifact: string): Promise<Answer["body"] & { retention_plan: Planned[] }> {
  const answer = await api("GET", `/artifacts/${artifact}/retention/plan?limit=100&order=asc`);
  expect(answer.body.errors).toBeUndefined();
  return answer.body;
}

/** Per binary, oldest first: why it is kept, or what becomes of it. */
const verdicts = async (artifact: string): Promise<string[]> =>
  (await planOf(artifact)).retention_plan.map(({ action, reasons }: Planned) => reasons.join("+") || action);

const apply = (artifact: string) => api("POST", `/artifacts/${artifact}/retention/apply`);
const stateOf = async (prn: string) => (await api("GET", `/binaries/${prn}`)).body.binary.state;

async function bundleOf(...binaries: string[]): Promise<string> {
  const body = { binaries: binaries.map((prn) => ({ prn })) };
  return (await api("POST", "/bundles", body, { "x-api-version": "2" })).body.bundle.prn;
}

async function releaseOf(bundle_prn: string, disabled: boolean): Promise<string> {
  const cohort_prn = addCohort(server, organization, addProduct(server, organization));
  const times = { schedule_date: "2026-01-01T00:00:00Z", phase_mode: "numeric", phase_value: 1, required: false };
  const answer = await api("POST", "/releases", { ...times, bundle_prn, cohort_prn, name: "a release", disabled });
  return answer.body.release.prn;
}

function report(column: "reported_bundle_prn" | "reported_release_prn", prn: string): void {
  const device = addDevice(server, organization, addProduct(server, organization));
  change(server, `update devices set ${column} = ? where id = ?`, prn, device.split(":").at(-1)!);
}

describe("a plan", () => {
  it("keeps the newest of each target, and changes nothing", async () => {
    const { artifact, binaries } = await makeArtifact(3);
    const { artifact_version_prn } = (await api("GET", `/binaries/${binaries[0]}`)).body.binary;
    await signedBinary(server, api, signer, { artifact_version_prn, target: "other" });
    await setRule(artifact, { action: "destroy", keep_last: 1 });
    expect(await verdicts(artifact)).toEqual(["destroy", "destroy", "last", "last"]);
    const { summary } = await planOf(artifact);
    expect(summary).toEqual({ kept_binaries: 2, kept_bytes: 40, leaving_binaries: 2, leaving_bytes: 40 });
    expect(await stateOf(binaries[0]!)).toBe("signed");
  });

  it("says why each other binary is kept", async () => {
    const { artifact, binaries } = await makeArtifact(8);
    const bundles = await Promise.all(binaries.map((prn) => bundleOf(prn)));
    await releaseOf(bundles[1]!, true);
    await releaseOf(bundles[2]!, false);
    report("reported_bundle_prn", bundles[3]!);
    report("reported_release_prn", await releaseOf(bundles[4]!, true));
    const starts_at = "2026-01-01T00:00:00Z";
    await api("POST", "/bundle_overrides", { name: "o", bundle_prn: bundles[5], starts_at });
    await api("POST", `/binaries/${binaries[6]}/hold`, { until: "2060-01-01T00:00:00Z", reason: "law" });
    await setRule(artifact, { action: "destroy", keep_last: 1 });
    const rest = ["sent", "held", "last"];
    expect(await verdicts(artifact)).toEqual([
      ...["destroy", "released", "released+sent", "reported", "reported+released"],
      ...rest,
    ]);
    await setRule(artifact, { action: "destroy", keep_last: 1, keep_reported: false, keep_released: false });
    expect(await verdicts(artifact)).toEqual(["destroy", "destroy", "sent", "destroy", "destroy", ...rest]);
    await setRule(artifact, { action: "archive", keep_days: 1 });
    expect(new Set((await planOf(artifact)).retention_plan.map(({ reasons }: Planned) => reasons[0]))).toEqual(
      new Set(["young"]),
    );
  });

  it("comes in pages, and can leave out what is kept", async () => {
    const { artifact, binaries } = await makeArtifact(5);
    await setRule(artifact, { action: "archive", keep_last: 2 });
    const path = `/artifacts/${artifact}/retention/plan?limit=2&kept=false`;
    const first = (await api("GET", path)).body;
    const second = (await api("GET", `${path}&page=${first.next_page}`)).body;
    const shown = [...first.retention_plan, ...second.retention_plan].map(({ prn }: Planned) => prn);
    expect(shown).toEqual([binaries[2], binaries[1], binaries[0]]);
    expect(second.next_page).toBeNull();
  });
});

describe("a rule", () => {
  it("that is applied destroys what it doesn't keep, and only that", async () => {
    const { artifact, binaries } = await makeArtifact(4);
    await releaseOf(await bundleOf(binaries[0]!), false);
    await setRule(artifact, { action: "destroy", keep_last: 1, keep_released: false });
    expect((await apply(artifact)).body.retention_run).toEqual({ archived: 0, destroyed: 2, bytes: 40, more: false });
    expect(await Promise.all(binaries.map(stateOf))).toEqual(["signed", "destroyed", "destroyed", "signed"]);
    expect((await apply(artifact)).body.retention_run.destroyed).toBe(0);
    const search = encodeURIComponent(`resource_prn:'${binaries[1]}' and subtype:'destroyed'`);
    expect((await api("GET", `/audit_logs?search=${search}`)).body.audit_logs).toHaveLength(1);
  });

  it("that is enabled is applied in the background", async () => {
    const { artifact, binaries } = await makeArtifact(3);
    await setRule(artifact, { action: "archive", keep_last: 1, enabled: true });
    const archived = async () =>
      Promise.all(binaries.map(async (prn) => (await api("GET", `/binaries/${prn}`)).body.binary.archived));
    await until("the rule is applied", async () => String(await archived()) === "true,true,false");
    expect(await verdicts(artifact)).toEqual(["archived", "archived", "last"]);
    await until("it says so", async () => {
      const { retention_rule } = (await api("GET", `/artifacts/${artifact}/retention`)).body;
      return retention_rule.applied_at;
    });
  });

  it("has to say what it keeps", async () => {
    const { artifact } = await makeArtifact(0);
    const path = `/artifacts/${artifact}/retention`;
    expect((await api("PUT", path, { action: "destroy" })).body.errors).toHaveProperty("keep_last");
    expect((await api("PUT", path, { action: "destroy", keep_last: 0 })).status).toBe(422);
    expect((await api("PUT", path, { action: "burn", keep_last: 1 })).status).toBe(422);
    expect((await api("GET", path)).status).toBe(404);
    expect((await api("GET", `${path}/plan`)).status).toBe(404);
  });

  it("is set, shown, planned, applied and removed by the CLI", async () => {
    const { artifact, binaries } = await makeArtifact(3);
    const peridio = async (...words: string[]) => {
      const { code, stdout } = await peridioOf(server)("retention", ...words, "--artifact-prn", artifact);
      expect(code).toBe(0);
      return stdout;
    };
    await peridio("set", "--action", "destroy", "--keep-last", "2", "--keep-released", "false");
    expect(JSON.parse(await peridio("get")).retention_rule).toMatchObject({ keep_last: 2, keep_released: false });
    expect((await peridio("plan", "--leaving", "--output", "prn")).trim()).toBe(binaries[0]);
    expect(await peridio("plan", "--all", "--output", "table")).toContain('["last"]');
    expect(JSON.parse(await peridio("apply")).retention_run).toEqual({ archived: 0, destroyed: 1, bytes: 20 });
    await peridio("remove");
    expect((await api("GET", `/artifacts/${artifact}/retention`)).status).toBe(404);
  });
});
