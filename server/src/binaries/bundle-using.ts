import { resourcePrn } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import type { BinaryRow, Tables } from "../database/tables.ts";

/** The PRN of a bundle that holds the binary; undefined while none does. */
export async function bundleUsing(transaction: Transaction<Tables>, binary: BinaryRow): Promise<string | undefined> {
  const holder = await transaction
    .selectFrom("bundle_binaries")
    .select("bundle_id")
    .where("organization_id", "=", binary.organization_id)
    .where("binary_id", "=", binary.id)
    .limit(1)
    .executeTakeFirst();
  return holder && resourcePrn(binary.organization_id, "bundle", holder.bundle_id);
}
