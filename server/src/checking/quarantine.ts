import { type Quarantine, resourcePrn, verifiedStates } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { difference, record } from "../activity/record.ts";
import { deciding } from "../binaries/deciding.ts";
import { contentKeyOf, recordsSharing } from "../binaries/shared-content.ts";
import { changeIfUnchanged } from "../binaries/transitions.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

type Found = Pick<Quarantine, "fault" | "detail"> | null;

/**
 * Takes content out of service, or with null back into it, for all records that share it, and tells of it; nothing when the
 * record has moved on since it was looked at.
 */
export function setQuarantine(
  { db, clock }: Pick<Platform, "db" | "clock">,
  row: BinaryRow,
  found: Found,
): Promise<boolean> {
  return deciding(db, row.organization_id, async (transaction) => {
    const before = await transaction
      .selectFrom("binaries")
      .selectAll()
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .executeTakeFirst();
    const isVerified = before?.revision === row.revision && verifiedStates.includes(before.state);
    const same = isVerified && contentKeyOf(before) === contentKeyOf(row);
    if (!same || (before.quarantine === null) === (found === null)) return false;
    // A record that names no content shares it with none.
    const all =
      row.content_file === null
        ? [before]
        : await recordsSharing(transaction, before)
            .selectAll()
            .where("quarantine", found ? "is" : "is not", null)
            .orderBy("id")
            .execute();
    for (const one of all) await change(transaction, clock, one, found);
    return true;
  });
}

async function change(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  before: BinaryRow,
  found: Found,
): Promise<void> {
  const at = timestamp(clock.now());
  const quarantine = found && JSON.stringify({ fault: found.fault, detail: found.detail, at });
  const after = await changeIfUnchanged(transaction, clock, before, { quarantine });
  await record(transaction, {
    organizationId: before.organization_id,
    by: theServer,
    type: "binary",
    subtype: found ? "quarantined" : "restored",
    resource: resourcePrn(before.organization_id, "binary", before.id),
    data: found
      ? { fault: found.fault, reason: found.detail, state: after.state, revision: after.revision }
      : { reason: "what is stored is what was verified", state: after.state, revision: after.revision },
    ...difference(before, after),
    at: after.updated_at,
  });
}
