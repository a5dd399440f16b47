import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditLog } from "@open-peridio/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, sendPart, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addOrganization } from "./support/organization.ts";
import { peridioOf } from "./support/peridio.ts";
import { change } from "./support/query.ts";

let server: TestServer;
let api: Api;
let directory: string;
let peridio: ReturnType<typeof peridioOf>;
/** The whole trail of a binary's life, exported. */
let trail: string[];

async function verify(lines: string[], ...words: string[]) {
  const file = join(directory, "check.ndjson");
  await writeFile(file, lines.map((line) => `${line}\n`).join(""));
  const { code, stdout } = await peridio("audit", "verify", "--file", file, ...words);
  return { code, ...(JSON.parse(stdout) as { valid: boolean; entries: number; problems: string[] }) };
}

const exported = async (query = ""): Promise<string[]> =>
  ((await api("GET", `/audit_logs/export${query}`)).body as string).trimEnd().split("\n");
const entriesOf = (lines: string[]): AuditLog[] =>
  lines.map((line) => JSON.parse(line)).filter((line) => !("audit_head" in line));

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  peridio = peridioOf(server);
  directory = await mkdtemp(join(tmpdir(), "audit-"));
  const bytes = randomBytes(1000);
  const prn = await makeBinary(api, bytes);
  await sendPart(api, prn, 1, bytes);
  await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
  await untilVerified(api, prn);
  await api("PATCH", `/binaries/${prn}`, { description: "as shipped" });
  await api("POST", `/binaries/${prn}/destroy`);
  trail = await exported();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

describe("the trail", () => {
  it("tells of every change who, by which key, from where, what, and what it was before", async () => {
    const entries = entriesOf(trail);
    const steps = entries.map(({ type, subtype }) => `${type}.${subtype}`);
    expect(steps).toEqual([
      ...["organization.created", "api_key.created", "org_user.added"],
      ...["artifact.created", "artifact_version.created", "binary.created"],
      ...["binary_part.announced", "binary_part.received", "binary.hashable", "binary.hashing", "binary.signable"],
      ...["binary.updated", "binary.destroyed"],
    ]);
    const updated = entries.find(({ subtype }) => subtype === "updated")!;
    const { organization_prn } = (await api("GET", "/users/me")).body.data;
    expect(updated).toMatchObject({
      organization_prn,
      actor_name: "first key",
      address: "127.0.0.1",
      user_agent: "node",
      before: { description: null },
      after: { description: "as shipped" },
      result: "done",
    });
    expect(updated.actor_prn).toMatch(/:api_key:/);
    expect(updated.request_id).toMatch(/^[\w-]{20}$/);
    const received = entries.find(({ subtype }) => subtype === "received")!;
    expect(received).toMatchObject({ actor_prn: updated.actor_prn, address: "127.0.0.1", type: "binary_part" });
    expect(entries.find(({ subtype }) => subtype === "hashing")).toMatchObject({
      actor_prn: null,
      actor_name: "server",
    });
  });

  it("stays when its binary is destroyed", async () => {
    const destroyed = entriesOf(trail).at(-1)!;
    const query = new URLSearchParams({ search: `resource_prn:'${destroyed.resource_prn}'`, limit: "100" });
    const { audit_logs } = (await api("GET", `/audit_logs?${query}`)).body;
    expect(audit_logs.map(({ subtype }: AuditLog) => subtype)).toContain("created");
    expect(audit_logs[0].subtype).toBe("destroyed");
  });

  it("has what was refused to a known caller", async () => {
    const { value } = (await api("POST", "/api_keys", { name: "reader", scopes: ["binaries:read"] })).body.api_key;
    expect((await callApi(server.url, value)("GET", "/api_keys")).status).toBe(403);
    const { audit_logs } = (await api("GET", "/audit_logs?limit=1&search=result%3A%27denied%27")).body;
    expect(audit_logs[0]).toMatchObject({ type: "request", subtype: "refused", actor_name: "reader" });
    expect(audit_logs[0].after).toMatchObject({ method: "GET", route: "/api_keys" });
  });

  it("can't be written over the API", async () => {
    const [entry] = entriesOf(trail);
    for (const method of ["PATCH", "PUT", "DELETE", "POST"]) {
      expect((await api(method, `/audit_logs/${entry!.prn}`, {})).status).toBe(405);
    }
  });

  it("is each organization's own", async () => {
    const other = await addOrganization(server, "Other");
    const theirs = callApi(server.url, other.key);
    const { audit_logs } = (await theirs("GET", "/audit_logs?limit=100")).body;
    expect(audit_logs.map(({ sequence }: AuditLog) => sequence)).toEqual([2, 1]);
    const text = JSON.stringify(audit_logs) + (await theirs("GET", "/audit_logs/export")).body;
    expect(text).not.toContain(entriesOf(trail)[0]!.organization_prn);
  });
});

describe("peridio audit verify", () => {
  it("finds an export whole", async () => {
    expect(await verify(trail)).toMatchObject({ code: 0, valid: true, entries: trail.length - 1, problems: [] });
  });

  it("finds it whole as the CLI exports it, and goes on from an older one", async () => {
    const old = join(directory, "old.ndjson");
    const now = join(directory, "now.ndjson");
    expect((await peridio("audit", "export", "--file", old)).code).toBe(0);
    await api("POST", "/api_keys", { name: "one more", scopes: ["binaries:read"] });
    expect((await peridio("audit", "export", "--file", now)).code).toBe(0);
    expect((await peridio("audit", "verify", "--file", now, "--since", old)).code).toBe(0);
    const known = entriesOf((await readFile(old, "utf8")).trimEnd().split("\n")).length;
    const rest = await exported(`?from_sequence=${known + 1}`);
    expect(rest.length).toBeGreaterThan(1);
    expect((await verify(rest, "--since", old)).code).toBe(0);
    expect((await verify(rest)).problems[0]).toContain("what is before it is not proven");
  });

  const edit = (change: (entry: AuditLog) => void) => (lines: string[]) => {
    const entry = JSON.parse(lines[4]!) as AuditLog;
    change(entry);
    return lines.with(4, JSON.stringify(entry));
  };
  const tampering: { what: string; by: (lines: string[]) => string[]; says: string }[] = [
    { what: "an edited actor", by: edit((entry) => (entry.actor_name = "nobody")), says: "entry 5 was changed" },
    {
      what: "an edited time",
      by: edit((entry) => (entry.inserted_at = "2020-01-01T00:00:00.000000Z")),
      says: "entry 5 was changed",
    },
    {
      what: "an edited field",
      by: edit((entry) => (entry.after = { ...entry.after, target: "x" })),
      says: "entry 5 was changed",
    },
    { what: "an entry less", by: (lines) => lines.toSpliced(4, 1), says: "entry 5 is missing" },
    { what: "the first entry less", by: (lines) => lines.slice(1), says: "what is before it is not proven" },
    {
      what: "two entries exchanged",
      by: (lines) => lines.with(4, lines[5]!).with(5, lines[4]!),
      says: "entry 5 is missing",
    },
    { what: "an entry twice", by: (lines) => lines.toSpliced(4, 0, lines[4]!), says: "entry 6 is missing" },
    { what: "the end cut off", by: (lines) => lines.slice(0, -2), says: "its end was cut off" },
    { what: "the last entries cut off", by: (lines) => lines.toSpliced(-3, 2), says: "some are cut off" },
    {
      what: "a forged head",
      by: (lines) => {
        const { audit_head } = JSON.parse(lines.at(-1)!);
        return lines.with(
          -1,
          JSON.stringify({ audit_head: { ...audit_head, signed_at: "2020-01-01T00:00:00.000000Z" } }),
        );
      },
      says: "the head's signature does not verify",
    },
    { what: "a line that is nothing", by: (lines) => lines.toSpliced(3, 0, "{"), says: "line 4 is neither" },
  ];

  it.each(tampering)("shows $what", async ({ by, says }) => {
    const { code, valid, problems } = await verify(by(trail));
    expect({ code, valid }).toEqual({ code: 1, valid: false });
    expect(problems.join("\n")).toContain(says);
  });

  it("shows what was done to the database itself", async () => {
    const other = await startTestServer();
    const call = callApi(other.url);
    for (const name of ["a", "b", "c", "d"]) await call("POST", "/artifacts", { name });
    const whole = (await call("GET", "/audit_logs/export")).body.trimEnd().split("\n") as string[];
    expect((await verify(whole)).code).toBe(0);
    const older = join(directory, "older.ndjson");
    await writeFile(older, whole.join("\n"));
    const tamper = (sql: string) => change(other, sql);
    const look = async (...words: string[]) => {
      const lines = (await call("GET", "/audit_logs/export")).body.trimEnd().split("\n") as string[];
      return (await verify(lines, ...words)).problems.join("\n");
    };

    tamper("update audit_logs set actor_name = 'nobody' where sequence = 4");
    expect(await look()).toContain("entry 4 was changed");
    tamper("update audit_logs set actor_name = 'first key' where sequence = 4");
    expect(await look()).toBe("");

    const last = entriesOf(whole).length;
    tamper(`delete from audit_logs where sequence = ${last}`);
    expect(await look()).toContain("cut off");
    // Whoever also moves the head back is caught by an export from before.
    const before = last - 1;
    tamper(
      `update audit_heads set sequence = ${before}, hash = (select hash from audit_logs where sequence = ${before})`,
    );
    expect(await look()).toBe("");
    expect(await look("--since", older)).toContain(`entry ${last}, which was known before, is not in the trail`);
    await other.stop();
  });
});

it("a CSV has every entry, and nothing that a spreadsheet would run", async () => {
  await callApi(server.url)("POST", "/artifacts", { name: '=cmd|"/c calc"!A1' }, { "user-agent": "=1+1" });
  const answer = await api("GET", "/audit_logs/export?format=csv");
  expect(answer.headers.get("content-type")).toContain("text/csv");
  const lines = (answer.body as string).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^sequence,inserted_at,actor_prn/);
  expect(lines).toHaveLength(entriesOf(await exported()).length + 1);
  expect(lines.at(-1)).toContain('"\'=1+1"');
  expect(lines.at(-1)).toContain('""name"":""=cmd|');
});

it("a selection says that it can't be verified", async () => {
  const lines = await exported("?search=type%3A%27binary%27");
  expect(new Set(entriesOf(lines).map(({ type }) => type))).toEqual(new Set(["binary"]));
  expect((await verify(lines)).problems.join("\n")).toContain("it is a selection");
});
