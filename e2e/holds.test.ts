import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi, makeVersion } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { makeSigner, signableBinary, signedBinary, type TestSigner } from "./support/signed.ts";

let server: TestServer;
let api: Api;
let signer: TestSigner;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  signer = await makeSigner(api);
});
afterAll(() => server.stop());

const ahead = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const hold = (kind: "binaries" | "artifacts", prn: string, until: string, reason = "case 17") =>
  api("POST", `/${kind}/${prn}/hold`, { until, reason });
const said = ({ status, body }: Answer) => [status, JSON.stringify(body?.errors ?? {})];

/** Everything that would remove the content of a binary. */
const removals: Record<string, (prn: string) => Promise<Answer>> = {
  "being destroyed": (prn) => api("POST", `/binaries/${prn}/destroy`),
  "being destroyed by a PATCH": (prn) => api("PATCH", `/binaries/${prn}`, { state: "destroyed" }),
  "a reset": (prn) => api("PATCH", `/binaries/${prn}`, { state: "uploadable" }),
  "a reset to another hash": (prn) =>
    api("PATCH", `/binaries/${prn}`, { state: "uploadable", hash: "0".repeat(64), size: 1 }),
  "being deleted": (prn) => api("DELETE", `/binaries/${prn}`),
};

async function isServed(prn: string): Promise<boolean> {
  const { body } = await api("GET", `/binaries/${prn}/download_url`);
  const answer = await fetch(body.download_url);
  await answer.arrayBuffer();
  return answer.status === 200;
}

describe("held content", () => {
  for (const [name, remove] of Object.entries(removals)) {
    it(`survives ${name}, whoever asks`, async () => {
      const prn = await signableBinary(server, api);
      const until = ahead(3600);
      expect((await hold("binaries", prn, until)).status).toBe(200);
      const answer = await remove(prn);
      expect(said(answer)).toEqual([423, expect.stringContaining("(case 17)")]);
      expect(answer.body.errors).toMatchObject({ code: "held", hold_until: until.replace("Z", "000Z") });
      expect(await isServed(prn)).toBe(true);
    });
  }

  it("is of a signed binary too, and says so", async () => {
    const prn = await signedBinary(server, api, signer);
    const until = ahead(3600);
    const { body } = await hold("binaries", prn, until);
    expect(body.binary.hold).toEqual({ until: until.replace("Z", "000Z"), reason: "case 17" });
    expect((await removals["being destroyed"]!(prn)).status).toBe(423);
    expect((await api("GET", `/binaries/${prn}`)).body.binary.state).toBe("signed");
  });

  it("goes once the date has passed", async () => {
    const prn = await signableBinary(server, api);
    expect((await hold("binaries", prn, ahead(1.5))).status).toBe(200);
    expect((await removals["being destroyed"]!(prn)).status).toBe(423);
    await pause(1_600);
    expect((await api("GET", `/binaries/${prn}`)).body.binary.hold).toBeNull();
    expect((await removals["being destroyed"]!(prn)).status).toBe(200);
  });

  it("of an artifact is all that it has, and what is added later", async () => {
    const version = await makeVersion(api);
    const { artifact_prn } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
    const before = await signableBinary(server, api, { artifact_version_prn: version });
    expect((await hold("artifacts", artifact_prn, ahead(3600))).status).toBe(200);
    const after = await signableBinary(server, api, { artifact_version_prn: version, target: "other" });
    for (const prn of [before, after]) {
      expect(said(await removals["being deleted"]!(prn))).toEqual([423, expect.stringContaining(artifact_prn)]);
    }
    const empty = await api("POST", "/binaries", { artifact_version_prn: version, target: "empty" });
    expect((await api("DELETE", `/binaries/${empty.body.binary.prn}`)).status).toBe(204);
    expect((await api("DELETE", `/artifacts/${artifact_prn}`)).status).toBe(423);
  });
});

describe("a hold", () => {
  it("can be prolonged, and neither shortened nor taken back", async () => {
    const prn = await signableBinary(server, api);
    const [first, later] = [ahead(3600), ahead(7200)];
    await hold("binaries", prn, first);
    expect(said(await hold("binaries", prn, ahead(1800)))).toEqual([423, expect.stringContaining("not shortened")]);
    expect((await hold("binaries", prn, later, "case 18")).body.binary.hold).toEqual({
      until: later.replace("Z", "000Z"),
      reason: "case 18",
    });
    expect((await hold("binaries", prn, first)).status).toBe(423);
  });

  it("is refused with a date that has passed, is too far, or doesn't exist, and without a reason", async () => {
    const prn = await signableBinary(server, api);
    for (const until of [ahead(-60), "2199-01-01T00:00:00Z", "2030-02-30T00:00:00Z", "tomorrow"]) {
      const answer = await hold("binaries", prn, until);
      expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, ["until"]]);
    }
    expect((await hold("binaries", prn, ahead(60), "")).status).toBe(422);
    expect((await api("GET", `/binaries/${prn}`)).body.binary.hold).toBeNull();
  });

  it("is refused for what isn't verified", async () => {
    const body = { artifact_version_prn: await makeVersion(api), target: "portable" };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    expect(said(await hold("binaries", prn, ahead(60)))).toEqual([409, expect.stringContaining("'uploadable'")]);
  });

  it("is in the trail, with who placed it and why", async () => {
    const prn = await signableBinary(server, api);
    await hold("binaries", prn, ahead(3600));
    const search = encodeURIComponent(`resource_prn:'${prn}' and subtype:'held'`);
    const [entry] = (await api("GET", `/audit_logs?search=${search}`)).body.audit_logs;
    expect(entry.after).toMatchObject({ hold_reason: "case 17" });
  });
});
