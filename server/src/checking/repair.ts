import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { record } from "../activity/record.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { isKnown, type Kept } from "./needed.ts";

type Needs = Pick<Platform, "db" | "clock">;

/** Lets go of a file that no record needs, by the way of all others: whoever needs it by now keeps it. */
export function discard({ db, clock }: Needs, kept: Kept, storeId: string | null): Promise<boolean> {
  const { place, file } = kept;
  return changing(db, place.organizationId, async (transaction) => {
    if (await isKnown(transaction, kept)) return false;
    await transaction
      .insertInto("discarded_content")
      .values({
        organization_id: place.organizationId,
        binary_id: place.binaryId,
        revision: place.revision,
        inserted_at: timestamp(clock.now()),
        store_id: storeId ?? "",
        file,
        due_at: "",
      })
      .execute();
    return true;
  });
}

/** A part whose bytes are not there is to be sent again. */
export function askAgain({ db, clock }: Needs, row: BinaryRow, part: number): Promise<boolean> {
  return changing(db, row.organization_id, async (transaction) => {
    const now = timestamp(clock.now());
    const { numUpdatedRows } = await transaction
      .updateTable("binary_parts")
      .set({ state: "uploadable", spill: null, content_offset: null, updated_at: now })
      .where("organization_id", "=", row.organization_id)
      .where("binary_id", "=", row.id)
      .where("part_index", "=", part)
      .where("state", "=", "valid")
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("binaries")
            .select("id")
            .where("organization_id", "=", row.organization_id)
            .where("id", "=", row.id)
            .where("revision", "=", row.revision)
            .where("state", "=", "uploadable"),
        ),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await record(transaction, {
      organizationId: row.organization_id,
      by: theServer,
      type: "binary_part",
      subtype: "lost",
      resource: resourcePrn(row.organization_id, "binary", row.id),
      after: { index: part, state: "uploadable" },
      at: now,
    });
    return true;
  });
}

export interface Used {
  stored_bytes: number;
  binaries: number;
}

/** What an organization uses by the sum of what it has, and by its count. */
export async function usageOf(db: Kysely<Tables>, organizationId: string): Promise<{ counted: Used; real: Used }> {
  const counted = await db
    .selectFrom("organization_usage")
    .select(["stored_bytes", "binaries"])
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
  const real = await db
    .selectFrom("binaries")
    .select(({ fn, eb }) => [
      fn.coalesce(fn.sum<number>("reserved_bytes"), eb.lit(0)).as("stored_bytes"),
      fn.countAll<number>().filterWhere("state", "!=", "destroyed").as("binaries"),
    ])
    .where("organization_id", "=", organizationId)
    .executeTakeFirstOrThrow();
  return {
    counted: counted ?? { stored_bytes: 0, binaries: 0 },
    real: { stored_bytes: Number(real.stored_bytes), binaries: Number(real.binaries) },
  };
}

export async function recount({ db }: Needs, organizationId: string): Promise<boolean> {
  await changing(db, organizationId, async (transaction) => {
    const { real } = await usageOf(transaction, organizationId);
    await transaction
      .updateTable("organization_usage")
      .set({ ...real })
      .where("organization_id", "=", organizationId)
      .execute();
  });
  return true;
}
