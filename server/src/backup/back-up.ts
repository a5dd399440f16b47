import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourcePrn, verifiedStates } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import { requireReadable } from "../binaries/availability.ts";
import { contentKeyOf, keptOf } from "../binaries/shared-content.ts";
import { readKept } from "../content/kept.ts";
import { copyDatabase } from "../database/copy.ts";
import { isPostgres } from "../database/dialect.ts";
import { openDatabase } from "../database/open.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import type { Platform } from "../platform.ts";
import { type Target, Unreadable } from "./target.ts";

/** What says that a backup is whole; written last. */
export interface BackupManifest {
  format: 1;
  id: string;
  at: string;
  database: { size: number; hash: string };
  /** PRNs of binaries whose content could not be read. */
  missing: string[];
  /** The server's secret key, hex: only where the backup is encrypted. */
  secret_key: string | null;
}

/** How often it begins anew because content went while it was copied. */
const attempts = 5;
/** Rows that are read at once. */
const batch = 500;

export type Needs = Pick<Platform, "db" | "stores" | "clock"> & { secretKey: Buffer };

/** Records as they are at one moment, and all content that they name, which isn't there yet; beside running servers. */
export async function backUp(platform: Needs, target: Target) {
  const directory = await mkdtemp(join(tmpdir(), "peridio-backup-"));
  try {
    const known = await target.list("content");
    for (let attempt = 1; ; attempt++) {
      const path = join(directory, `${attempt}.db`);
      await snapshot(platform.db, path);
      const copied = await copyContent(platform, target, path, known);
      // A snapshot that names content which went since is no backup: the next one doesn't name it any more.
      if (copied.gone > 0 && attempt < attempts) continue;
      if (copied.gone > 0) throw new Error("content went faster than it could be copied; try again");
      return { ...(await conclude(platform, target, path, copied.missing)), ...copied };
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** All records as they are at one moment, as an SQLite database. */
async function snapshot(db: Kysely<Tables>, path: string): Promise<void> {
  if (!isPostgres(db)) {
    await sql`vacuum into ${path}`.execute(db);
    return;
  }
  const copy = await openDatabase(`sqlite:${path}`);
  await copyDatabase(db, copy, () => {}).finally(() => copy.destroy());
}

async function copyContent(platform: Needs, target: Target, path: string, known: Map<string, number>) {
  const records = await openDatabase(`sqlite:${path}`);
  const done = { contents: 0, copied: 0, copied_bytes: 0, gone: 0, missing: [] as string[] };
  try {
    for (let last = ["", ""]; ; ) {
      const rows = await records
        .selectFrom("binaries")
        .selectAll()
        .where("state", "in", verifiedStates)
        .where(({ eb, refTuple, tuple }) => eb(refTuple("organization_id", "id"), ">", tuple(last[0]!, last[1]!)))
        .orderBy("organization_id")
        .orderBy("id")
        .limit(batch)
        .execute();
      for (const row of rows) {
        const held = target.content(row.hash!);
        const key = target.keyOf(held);
        done.contents++;
        // By its hash and size it is the same: it isn't read again.
        if (known.get(key) === target.sizeOf(row.size!)) continue;
        try {
          await target.put(held, read(platform, row), { size: row.size!, hash: row.hash! });
          known.set(key, target.sizeOf(row.size!));
          done.copied++;
          done.copied_bytes += row.size!;
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          if (await movedOn(platform.db, row)) done.gone++;
          else done.missing.push(`${resourcePrn(row.organization_id, "binary", row.id)}: ${error.message}`);
        }
      }
      if (rows.length < batch) return done;
      const { organization_id, id } = rows.at(-1)!;
      last = [organization_id, id];
    }
  } finally {
    await records.destroy();
  }
}

async function* read({ stores }: Needs, row: BinaryRow): AsyncGenerator<Buffer> {
  if (row.content_file === null) throw new Error("its record names no content");
  requireReadable(row);
  yield* readKept(await stores.of(row), keptOf(row), 0, row.size! - 1);
}

async function movedOn(db: Kysely<Tables>, row: BinaryRow): Promise<boolean> {
  const now = await db
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .executeTakeFirst();
  return !now || now.revision !== row.revision || contentKeyOf(now) !== contentKeyOf(row);
}

async function conclude({ clock, secretKey }: Needs, target: Target, path: string, missing: string[]) {
  const at = clock.now().toISOString();
  const id = `${at.replaceAll(/[:.]/g, "-")}-${randomBytes(3).toString("hex")}`;
  const { size } = await stat(path);
  const digest = createHash("sha256");
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  const database = { size, hash: digest.digest("hex") };
  await target.put(target.ofBackup(id, "database"), createReadStream(path), database);
  const secret_key = target.isSealed ? secretKey.toString("hex") : null;
  const manifest: BackupManifest = { format: 1, id, at, database, missing, secret_key };
  const text = Buffer.from(JSON.stringify(manifest));
  const hash = createHash("sha256").update(text).digest("hex");
  await target.put(target.ofBackup(id, "manifest.json"), one(text), { size: text.length, hash });
  return { id };
}

async function* one(bytes: Buffer) {
  yield bytes;
}
