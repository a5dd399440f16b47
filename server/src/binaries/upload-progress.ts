import type { Kysely } from "kysely";
import type { ContentPlace } from "../content/place.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";

/** What is known of an upload that was begun. Times are as the tables hold them. */
export interface UploadProgress {
  /** When anything of it last changed. */
  at: string;
  /** When it was told that it is about to be removed; null when it wasn't, or went on since. */
  warnedAt: string | null;
  parts: number;
  /** Bytes of the parts that have arrived. */
  bytes: number;
}

/** The last sign of life of an upload: a declaration, a part that was announced or arrived, a writer at work. */
export async function progressOf(db: Kysely<Tables>, row: BinaryRow): Promise<UploadProgress> {
  const parts = await db
    .selectFrom("binary_parts")
    .select(({ fn, eb }) => [
      fn.max("updated_at").as("at"),
      fn.countAll<number>().filterWhere("state", "=", "valid").as("count"),
      fn.coalesce(fn.sum<number>("size").filterWhere("state", "=", "valid"), eb.lit(0)).as("bytes"),
    ])
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .executeTakeFirstOrThrow();
  const watch = await db
    .selectFrom("upload_watches")
    .select(["seen_at", "warned_at"])
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .where("revision", "=", row.revision)
    .executeTakeFirst();
  const at = [row.updated_at, parts.at ?? "", watch?.seen_at ?? ""].reduce((last, one) => (one > last ? one : last));
  const warned = watch?.warned_at ?? null;
  return {
    at,
    warnedAt: warned !== null && warned > at ? warned : null,
    parts: Number(parts.count),
    bytes: Number(parts.bytes),
  };
}

/** Keeps that somebody is at work there: other replicas can't see it, and of one long request no record changes. */
export async function noteWriter(db: Kysely<Tables>, place: ContentPlace, now: string): Promise<void> {
  await watch(
    db,
    { organization_id: place.organizationId, id: place.binaryId, revision: place.revision },
    "seen_at",
    now,
  );
}

/** Keeps that it was told. */
export function noteWarning(db: Kysely<Tables>, row: BinaryRow, now: string): Promise<void> {
  return watch(db, row, "warned_at", now);
}

async function watch(
  db: Kysely<Tables>,
  { organization_id, id, revision }: Pick<BinaryRow, "organization_id" | "id" | "revision">,
  column: "seen_at" | "warned_at",
  now: string,
): Promise<void> {
  // Nothing to watch when it was deleted meanwhile.
  await db
    .insertInto("upload_watches")
    .columns(["organization_id", "binary_id", "revision", column])
    .expression(
      db
        .selectFrom("binaries")
        .select(({ val }) => ["organization_id", "id", "revision", val(now).as("at")])
        .where("organization_id", "=", organization_id)
        .where("id", "=", id)
        .where("revision", "=", revision),
    )
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "binary_id"]).doUpdateSet({ revision, [column]: now }),
    )
    .execute();
}

/** Forgets what was kept of uploads that are over. */
export async function forgetEnded(db: Kysely<Tables>): Promise<void> {
  await db
    .deleteFrom("upload_watches")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("binaries")
            .select("id")
            .whereRef("binaries.organization_id", "=", "upload_watches.organization_id")
            .whereRef("binaries.id", "=", "upload_watches.binary_id")
            .whereRef("binaries.revision", "=", "upload_watches.revision")
            .where("state", "=", "uploadable"),
        ),
      ),
    )
    .execute();
}
