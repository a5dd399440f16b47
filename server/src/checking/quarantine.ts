import { type Quarantine, resourcePrn, verifiedStates } from "@open-peridio/contract";
import { difference, record } from "../activity/record.ts";
import { deciding } from "../binaries/deciding.ts";
import { changeIfUnchanged } from "../binaries/transitions.ts";
import type { BinaryRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

/**
 * Takes content out of service, or with null back into it, and tells of it; nothing when the record has moved on since it
 * was looked at.
 */
export function setQuarantine(
  { db, clock }: Pick<Platform, "db" | "clock">,
  row: BinaryRow,
  found: Pick<Quarantine, "fault" | "detail"> | null,
): Promise<boolean> {
  return deciding(db, row.organization_id, async (transaction) => {
    const before = await transaction
      .selectFrom("binaries")
      .selectAll()
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .executeTakeFirst();
    const same =
      before?.revision === row.revision &&
      before.content_file === row.content_file &&
      before.store_id === row.store_id &&
      verifiedStates.includes(before.state);
    if (!same || (before.quarantine === null) === (found === null)) return false;
    const at = timestamp(clock.now());
    const quarantine = found && JSON.stringify({ fault: found.fault, detail: found.detail, at });
    const after = await changeIfUnchanged(transaction, clock, before, { quarantine });
    await record(transaction, {
      organizationId: row.organization_id,
      by: theServer,
      type: "binary",
      subtype: found ? "quarantined" : "restored",
      resource: resourcePrn(row.organization_id, "binary", row.id),
      data: found
        ? { fault: found.fault, reason: found.detail, state: after.state, revision: after.revision }
        : { reason: "what is stored is what was verified", state: after.state, revision: after.revision },
      ...difference(before, after),
      at: after.updated_at,
    });
    return true;
  });
}
