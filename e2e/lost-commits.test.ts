import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobSource, createClient, downloadBinary, nodeTransport, uploadBinary } from "@open-peridio/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, makeBinary, sha256 } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { again } from "./support/again.ts";
import { type Backend, type RunningBackend, startBackend } from "./support/backend.ts";
import { type LostCommits, startLostCommits } from "./support/lost-commits.ts";
import { contradictions, storedBinary, storedEvents } from "./support/stored.ts";

describe.each([
  "postgres+files",
  "postgres+shared-files",
] as const satisfies Backend[])("on %s, an upload during which PostgreSQL commits, and the answers are lost", (kind) => {
  let directory: string;
  let backend: RunningBackend;
  let commits: LostCommits;
  let server: TestServer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "commits-"));
    backend = await startBackend(kind, directory);
    commits = await startLostCommits(backend.databaseUrl!);
    const settings = { PERIDIO_CONTENT_URL: `file:${backend.contentRoot}`, ...backend.settings };
    server = await startTestServer({ ...settings, PERIDIO_DATABASE_URL: commits.databaseUrl }, { backend });
  });
  afterAll(async () => {
    await server.stop();
    await commits.stop();
    await backend.remove();
    await rm(directory, { recursive: true, force: true });
  });

  const ways = [true, false].flatMap((direct) => [1, 6].map((count) => ({ direct, count })));

  it.each(ways)("ends with what was sent, which was never wrong: direct $direct, $count lost", async (way) => {
    const bytes = randomBytes(6_000_000);
    const prn = await makeBinary(callApi(server.url), bytes);
    const client = createClient({ baseUrl: server.url, apiKey, transport: nodeTransport() });
    const before = commits.lost();
    commits.lose(way.count);
    const source = blobSource(new Blob([bytes]));
    const { state } = await again(() => uploadBinary(client, { binaryPrn: prn, source, direct: way.direct }));
    commits.lose(0);
    expect(commits.lost()).toBeGreaterThan(before);
    expect(state).toBe("signable");
    const { content } = await downloadBinary(client, { binaryPrn: prn });
    expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(sha256(bytes));
    expect(storedBinary(server, prn)).toMatchObject({ state: "signable", hash: sha256(bytes) });
    const states = storedEvents(server, prn).map(({ to }) => to);
    expect(states).toEqual(["uploadable", "hashable", "hashing", "signable"]);
    expect(contradictions(server)).toEqual([]);
  });

  it("is no reason to say that it can be tried again: what was asked for is there", async () => {
    const api = callApi(server.url);
    commits.lose(1);
    const answer = await api("POST", "/artifacts", { name: "once" });
    expect([answer.status, answer.body.errors.code]).toEqual([500, "internal_error"]);
    const search = encodeURIComponent("name:'once'");
    expect((await api("GET", `/artifacts?search=${search}`)).body.artifacts).toHaveLength(1);
  });
});
