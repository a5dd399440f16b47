import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { callApi, makeBinary, untilVerified } from "./api.ts";
import { apiKey, startTestServer } from "./server.ts";
import { change } from "./support/query.ts";
import { until } from "./support/until.ts";

it.each(["sqlite+files", "postgres+files"] as const)("the overview, on %s, shows what there is", async (backend) => {
  const server = await startTestServer({}, { backend });
  try {
    const api = callApi(server.url);
    const bytes = randomBytes(1_000);
    const waiting = await makeBinary(api, bytes);
    await makeBinary(api, randomBytes(5));
    const content = { method: "PUT", headers: { authorization: `Bearer ${apiKey}` }, body: new Uint8Array(bytes) };
    expect((await fetch(`${server.url}/binaries/${waiting}/content`, content)).status).toBe(200);
    await untilVerified(api, waiting);
    const link = (await api("GET", `/binaries/${waiting}/download_url`)).body.download_url as string;
    for (let times = 0; times < 2; times++) expect((await (await fetch(link)).arrayBuffer()).byteLength).toBe(1_000);

    // A download is counted when the server has seen its end.
    const overview = await until("both downloads", async () => {
      const { overview } = (await api("GET", "/overview")).body;
      return overview.downloads[0]?.requests === 2 && overview;
    });
    const some = (count: number) => ({ count, more: false });
    expect(overview).toMatchObject({
      artifacts: some(2),
      binaries: { uploadable: some(1), signable: some(1), signed: some(0), destroyed: some(0) },
      devices: some(0),
      releases: some(0),
      stored_bytes: { used: 1_000, allowed: null },
      downloads: [{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), requests: 2, completed: 2, bytes: 2_000 }],
    });
    expect(overview.waiting_for_signature.map(({ prn }: { prn: string }) => prn)).toEqual([waiting]);
    expect(overview.events).toEqual((await api("GET", "/events?limit=10")).body.events);

    const { value } = (await api("POST", "/api_keys", { name: "few", scopes: ["binaries:read"] })).body.api_key;
    const few = (await callApi(server.url, value)("GET", "/overview")).body.overview;
    expect(few).not.toHaveProperty("devices");
    expect(few).not.toHaveProperty("releases");
    expect(few).not.toHaveProperty("events");

    // Beyond what is counted one by one, the signed are what is left of all.
    const owner = overview.organization_prn.split(":").at(-1);
    const version = (await api("GET", `/binaries/${waiting}`)).body.binary.artifact_version_prn.split(":").at(-1);
    change(
      server,
      `insert into binaries (organization_id, id, artifact_version_id, target, hash, size, content_file, state, revision, reserved_bytes, announced_bytes, inserted_at, updated_at)
       with recursive n(i) as (select 1 union all select i + 1 from n where i < 10001)
       select '${owner}', 'signed-' || i, '${version}', 'target-' || i, 'h', 1, 'direct-1', 'signed', 0, 0, 0, '2026-01-01', '2026-01-01' from n`,
    );
    change(server, "update organization_usage set binaries = binaries + 10001");
    expect((await api("GET", "/overview")).body.overview.binaries.signed).toEqual({ count: 10_001, more: false });
    change(server, "update binaries set state = 'uploadable' where state = 'signed'");
    expect((await api("GET", "/overview")).body.overview.binaries.uploadable).toEqual({ count: 10_000, more: true });
  } finally {
    await server.stop();
  }
});
