import { ApiError, type Binary, type PlaceHold, resourcePrn } from "@open-peridio/contract";
import { difference, record } from "../activity/record.ts";
import { readHold } from "../catalog/hold.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { deciding } from "./deciding.ts";
import { findBinary, getBinary } from "./record.ts";
import { changeIfUnchanged } from "./transitions.ts";

/** Holds verified content until a date that nobody can bring forward. @throws ApiError 404, 409, 422, 423 */
export async function holdBinary(
  platform: Platform,
  principal: Principal,
  prn: string,
  body: PlaceHold,
): Promise<Binary> {
  const { db, clock } = platform;
  await deciding(db, principal.organizationId, async (transaction) => {
    const before = await findBinary(transaction, principal, prn);
    if (before.state !== "signable" && before.state !== "signed") {
      throw new ApiError(
        "conflict",
        `the binary is '${before.state}'; only verified content (signable, signed) can be held`,
      );
    }
    const after = await changeIfUnchanged(transaction, clock, before, readHold(before, body, clock.now()));
    await record(transaction, {
      organizationId: after.organization_id,
      by: principal,
      type: "binary",
      subtype: "held",
      resource: resourcePrn(after.organization_id, "binary", after.id),
      data: { until: after.hold_until, reason: after.hold_reason },
      ...difference(before, after),
      at: after.updated_at,
    });
  });
  return getBinary(platform, principal, prn);
}
