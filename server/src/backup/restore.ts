import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { resourcePrn, verifiedStates } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { deciding } from "../binaries/deciding.ts";
import { keptOf, recordsSharing } from "../binaries/shared-content.ts";
import { asItCame, dropContent, move } from "../binaries/transitions.ts";
import { readKept, storedSizeOf } from "../content/kept.ts";
import type { ContentStore } from "../content/store.ts";
import { copyDatabase } from "../database/copy.ts";
import { openDatabase } from "../database/open.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { theServer } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";
import type { BackupManifest } from "./back-up.ts";
import type { Target } from "./target.ts";

const never = new AbortController().signal;

/** The newest backup that is whole, or the named one. @throws Error when there is none, or the key is another */
export async function findBackup(target: Target, id: string | undefined): Promise<BackupManifest> {
  const whole = [...(await target.list("backups")).keys()]
    .flatMap((key) => /^backups\/([^/]+)\/0\/manifest\.json$/.exec(key)?.[1] ?? [])
    .sort();
  const wanted = id ?? whole.at(-1);
  if (wanted === undefined || !whole.includes(wanted)) {
    throw new Error(`there is no backup${id ? ` '${id}'` : ""} there; there are: ${whole.join(", ") || "none"}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of target.get(target.ofBackup(wanted, "manifest.json"))) chunks.push(Buffer.from(chunk));
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as BackupManifest;
  } catch {
    throw new Error("the backup is encrypted; give its key");
  }
}

/**
 * Brings records and content back into an empty database; what is there already and right is kept, so that it can be begun
 * again. @param openStores the stores that these records name
 * @throws Error when the database has something in it
 */
export async function restore(
  db: Kysely<Tables>,
  clock: Clock,
  target: Target,
  manifest: BackupManifest,
  openStores: (records: Kysely<Tables>) => Promise<Platform["stores"]>,
) {
  const there = await db.selectFrom("organizations").select("id").limit(1).executeTakeFirst();
  if (there) throw new Error("the database has an organization in it; take an empty one");
  const directory = await mkdtemp(join(tmpdir(), "peridio-restore-"));
  try {
    const path = join(directory, "records.db");
    await pipeline(target.get(target.ofBackup(manifest.id, "database")), createWriteStream(path));
    const records = await openDatabase(`sqlite:${path}`);
    try {
      const stores = await openStores(records);
      const result = await restoreContent(records, stores, target);
      await resetUnfinished(records, clock);
      // Their content is in no backup: they are made anew.
      await records.deleteFrom("deltas").execute();
      await copyDatabase(records, db, () => {});
      return { id: manifest.id, at: manifest.at, ...result };
    } finally {
      await records.destroy();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function restoreContent(records: Kysely<Tables>, stores: Platform["stores"], target: Target) {
  const result = { restored: 0, there_already: 0, missing: [] as string[] };
  const rows = await records.selectFrom("binaries").selectAll().where("state", "in", verifiedStates).execute();
  for (const row of rows) {
    if (row.content_file === null) continue;
    const store = await stores.of(row);
    if (await isRight(store, row)) {
      result.there_already++;
      continue;
    }
    try {
      if (!(await isRight(store, await write(records, store, target, row)))) {
        throw new Error("it is not what was backed up");
      }
      result.restored++;
    } catch (error) {
      result.missing.push(`${resourcePrn(row.organization_id, "binary", row.id)}: ${(error as Error).message}`);
    }
  }
  return result;
}

/**
 * Brings one content back to where its record says that it is; false when the backup doesn't have it. Quarantined content
 * is read by nobody meanwhile.
 */
export async function restoreOne(
  { db, stores }: Pick<Platform, "db" | "stores">,
  target: Target,
  row: BinaryRow,
): Promise<boolean> {
  if (row.content_file === null || row.quarantine === null) return false;
  const store = await stores.of(row);
  try {
    if (!(await target.has(row.hash!, row.size!))) return false;
    return await isRight(store, await write(db, store, target, row));
  } catch {
    return false;
  }
}

/** Writes what was backed up, as it came, to where the record says; all that share it say so from then on. */
async function write(db: Kysely<Tables>, store: ContentStore, target: Target, row: BinaryRow): Promise<BinaryRow> {
  const { place, file, size, frames } = keptOf(row);
  await store.removeFile(place, file);
  const body = Readable.from(target.get(target.content(row.hash!)), { objectMode: false });
  await store.receiveWhole(place, file, size, body, never);
  if (frames !== null) {
    await db
      .updateTable("binaries")
      .set(asItCame)
      .where("organization_id", "=", row.organization_id)
      .where("id", "in", recordsSharing(db, row).select("id"))
      .execute();
  }
  return { ...row, ...asItCame };
}

/** Whether the store gives back what was verified. */
async function isRight(store: ContentStore, row: BinaryRow): Promise<boolean> {
  const kept = keptOf(row);
  if ((await store.sizeOf(kept.place, kept.file)) !== storedSizeOf(kept)) return false;
  const hash = createHash("sha256");
  try {
    for await (const chunk of readKept(store, kept, 0, kept.size - 1)) hash.update(chunk);
  } catch (error) {
    // Frames that are damaged can't be decoded.
    if (kept.frames === null) throw error;
    return false;
  }
  return hash.digest("hex") === row.hash;
}

/** What was in the midst of its upload begins anew: its parts are in no backup. */
async function resetUnfinished(records: Kysely<Tables>, clock: Clock): Promise<void> {
  const rows = await records
    .selectFrom("binaries")
    .selectAll()
    .where("state", "in", ["uploadable", "hashable", "hashing"])
    .where((eb) =>
      eb.or([eb("state", "!=", "uploadable"), eb("reserved_bytes", ">", 0), eb("upload_id", "is not", null)]),
    )
    .execute();
  for (const row of rows) {
    await deciding(records, row.organization_id, async (transaction) => {
      const cause = { by: theServer, reason: "restored from a backup, which has no parts" };
      await move(transaction, clock, row, "uploadable", cause, await dropContent(transaction, clock, row));
    });
  }
}
