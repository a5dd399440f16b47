import { ApiError, resourcePrn } from "@open-peridio/contract";
import { record } from "../activity/record.ts";
import { timestamp } from "../database/time.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { bundleUsing } from "./bundle-using.ts";
import { deciding } from "./deciding.ts";
import { uncountBinary } from "./quota.ts";
import { findBinary } from "./record.ts";
import { changeIfUnchanged, letGo, placeOf } from "./transitions.ts";

/**
 * Removes a record and its content. What was signed may have been shipped: its record is the proof, so it stays.
 * @throws ApiError 404; 409 for a binary that is or was signed.
 */
export async function deleteBinary(platform: Platform, principal: Principal, prn: string): Promise<void> {
  const { clock } = platform;
  const row = await deciding(platform.db, principal.organizationId, async (transaction) => {
    const row = await findBinary(transaction, principal, prn);
    if (row.state === "signed" || row.state === "destroyed") {
      const cure = row.state === "signed" ? "; destroy it instead" : "; its record is kept as the proof of what it was";
      const bundle = await bundleUsing(transaction, row);
      const held = bundle ? `, is held by '${bundle}'` : "";
      throw new ApiError("conflict", `the binary is '${row.state}'${held} and can't be deleted${cure}`);
    }
    await changeIfUnchanged(transaction, clock, row, {});
    await letGo(transaction, clock, row);
    await uncountBinary(transaction, row.organization_id);
    await transaction
      .deleteFrom("binary_contributors")
      .where("organization_id", "=", row.organization_id)
      .where("binary_id", "=", row.id)
      .execute();
    await transaction
      .deleteFrom("binaries")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    await record(transaction, {
      organizationId: row.organization_id,
      by: principal,
      type: "binary",
      subtype: "deleted",
      resource: resourcePrn(row.organization_id, "binary", row.id),
      data: {
        from: row.state,
        to: null,
        reason: "deleted",
        revision: row.revision,
        hash: row.hash,
        target: row.target,
      },
      before: { ...row },
      at: timestamp(clock.now()),
    });
    return row;
  });
  await platform.uploads.stop(placeOf(row));
  platform.discarded.remove();
}
