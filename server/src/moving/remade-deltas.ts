import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { dropDelta } from "../signing/dropped-deltas.ts";

/**
 * Deltas to a binary are where that is. When it has been moved they are made anew there, which costs less than a copy that
 * has to be proven. @param until when links to the old place have ended
 */
export async function remakeDeltas(
  transaction: Kysely<Tables>,
  clock: Platform["clock"],
  to: Pick<BinaryRow, "organization_id" | "id">,
  until: Date,
): Promise<void> {
  const rows = await transaction
    .selectFrom("deltas")
    .selectAll()
    .where("organization_id", "=", to.organization_id)
    .where("to_binary_id", "=", to.id)
    .where("state", "in", ["waiting", "ready"])
    .execute();
  const now = timestamp(clock.now());
  for (const row of rows) {
    await dropDelta(transaction, clock, row, theServer, until);
    const fresh = {
      id: uuidv7(),
      inserted_at: now,
      updated_at: now,
      state: "waiting",
      tries: 0,
      next_try_at: now,
    } as const;
    const nothing = { size: null, hash: null, store_id: null, file: null, detail: null };
    await transaction
      .insertInto("deltas")
      .values({ ...row, ...fresh, ...nothing })
      .execute();
  }
}
