import { type Kysely, sql } from "kysely";
import { about, record } from "../activity/record.ts";
import type { BinaryRow, DeltaRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { type Author, theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

/*
 * A delta is as good as both its ends: with one that is no longer handed out it goes in the same transaction. Its content
 * follows by way of `discarded_content`, as that of binaries does.
 */

type Clock = Platform["clock"];

/** Milliseconds after which what was being written when its delta went is removed once more. */
const writersEnd = 3_600_000;

/** Binaries of an organization that may be distributed now: signed, by as many live keys as they need, and whole. */
export function fitBinaries(db: Kysely<Tables>, organizationId: string) {
  return db
    .selectFrom("binaries as fit")
    .select("fit.id")
    .where("fit.organization_id", "=", organizationId)
    .where("fit.state", "=", "signed")
    .where("fit.quarantine", "is", null)
    .where(({ eb, selectFrom }) =>
      eb(
        selectFrom("binary_signatures as s")
          .innerJoin("signing_keys as k", (join) =>
            join.onRef("k.organization_id", "=", "s.organization_id").onRef("k.id", "=", "s.signing_key_id"),
          )
          .select(({ fn }) => fn.countAll<number>().as("count"))
          .whereRef("s.organization_id", "=", "fit.organization_id")
          .whereRef("s.binary_id", "=", "fit.id")
          .where("k.revoked_at", "is", null),
        ">=",
        sql<number>`coalesce(fit.required_signatures, 1)`,
      ),
    );
}

/** The same of the one binary whose id stands in a column of the query around. */
export function fitBinary(db: Kysely<Tables>, organizationId: string, column: string) {
  return fitBinaries(db, organizationId).where("fit.id", "=", sql<string>`${sql.ref(column)}`);
}

/** All deltas from and to a binary whose content goes. */
export async function dropDeltasOf(
  transaction: Kysely<Tables>,
  clock: Clock,
  { organization_id, id }: Pick<BinaryRow, "organization_id" | "id">,
): Promise<void> {
  const rows = await transaction
    .selectFrom("deltas")
    .selectAll()
    .where("organization_id", "=", organization_id)
    .where((eb) => eb.or([eb("from_binary_id", "=", id), eb("to_binary_id", "=", id)]))
    .execute();
  for (const row of rows) await dropDelta(transaction, clock, row, theServer);
}

/** All deltas of which an end may not be distributed any more: to be called when that may have become so. */
export async function dropUnfitDeltas(
  transaction: Kysely<Tables>,
  clock: Clock,
  organizationId: string,
): Promise<void> {
  const isFit = (end: string) => fitBinary(transaction, organizationId, `deltas.${end}`);
  const rows = await transaction
    .selectFrom("deltas")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where(({ or, not, exists }) => or([not(exists(isFit("from_binary_id"))), not(exists(isFit("to_binary_id")))]))
    .execute();
  for (const row of rows) await dropDelta(transaction, clock, row, theServer);
}

/** @param keptUntil when links that lead past this server have ended; absent for at once */
export async function dropDelta(
  transaction: Kysely<Tables>,
  clock: Clock,
  row: DeltaRow,
  by: Author,
  keptUntil?: Date,
): Promise<void> {
  const now = clock.now();
  const { organization_id, id, store_id, file, state } = row;
  await transaction.deleteFrom("deltas").where("organization_id", "=", organization_id).where("id", "=", id).execute();
  await record(transaction, { ...about(by, "delta", row, "deleted"), before: { ...row }, at: timestamp(now) });
  if (file === null) return;
  const due = state === "ready" ? keptUntil : new Date(now.getTime() + writersEnd);
  await transaction
    .insertInto("discarded_content")
    .values({
      organization_id,
      binary_id: id,
      revision: 0,
      inserted_at: timestamp(now),
      store_id: store_id ?? "",
      file: "",
      due_at: due ? timestamp(due) : "",
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
