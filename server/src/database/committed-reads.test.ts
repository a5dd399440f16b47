import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommittedReads, openCommittedReads } from "./committed-reads.ts";
import { WriteAheadLog } from "./write-ahead-log.ts";

const folder = mkdtempSync(join(tmpdir(), "committed-reads-"));
const path = join(folder, "peridio.db");
let writer: DatabaseSync;
let log: WriteAheadLog;
let reads: CommittedReads;

beforeAll(() => {
  writer = new DatabaseSync(path);
  writer.exec("pragma journal_mode = wal; create table things (name text); insert into things values ('one')");
  log = new WriteAheadLog(path);
  reads = openCommittedReads(path, log);
});

afterAll(async () => {
  reads.close();
  await log.close();
  writer.close();
  rmSync(folder, { recursive: true });
});

const names = async (remember: boolean) =>
  ((await reads.all("select name from things where name <> ?", ["-"], remember)) as { name: string }[]).map(
    ({ name }) => name,
  );

const rename = (name: string) => writer.prepare("update things set name = ?").run(name);

describe.each([true, false])("reads whose rows are remembered: %s", (remember) => {
  it("are all of one snapshot within a turn, whatever another process writes, and see it in the next", async () => {
    await nextTurn();
    rename("before");
    expect(await names(remember)).toEqual(["before"]);
    rename("after");
    expect(await names(remember)).toEqual(["before"]);
    await nextTurn();
    expect(await names(remember)).toEqual(["after"]);
  });

  it("wait for what this process wrote, until it is durable", async () => {
    log.noteWrite();
    rename("own");
    let seen: string[] | null = null;
    const waiting = names(remember).then((found) => {
      seen = found;
    });
    await nextTurn();
    expect(seen).toBeNull();
    await log.sync();
    await waiting;
    expect(seen).toEqual(["own"]);
  });

  it("see a write that became durable within the same turn", async () => {
    await names(remember);
    log.noteWrite();
    rename("quick");
    log.hasNews = false;
    expect(await names(remember)).toEqual(["quick"]);
  });
});
