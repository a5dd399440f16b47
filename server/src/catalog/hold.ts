import { ApiError, type Hold, invalid, maxHoldYears, type PlaceHold, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { ArtifactRow, BinaryRow, Tables } from "../database/tables.ts";
import { readTime, timestamp } from "../database/time.ts";

type Held = Pick<ArtifactRow, "hold_until" | "hold_reason">;

/** Null for none, or one that is over. @param now as the tables hold times */
export function showHold({ hold_until, hold_reason }: Held, now: string): Hold | null {
  return hold_until !== null && hold_until > now ? { until: hold_until, reason: hold_reason! } : null;
}

/**
 * What a hold writes. One that lasts can only be prolonged.
 * @throws ApiError 422 on `until`; 423 for one that would end earlier
 */
export function readHold(before: Held, body: PlaceHold, now: Date): Held {
  const until = readTime(body.until);
  if (until === null) throw invalid("until", `must be a time that exists; got '${body.until}'`);
  if (until <= timestamp(now)) throw invalid("until", `must be ahead; it is ${timestamp(now)}, got ${until}`);
  const last = new Date(now);
  last.setUTCFullYear(last.getUTCFullYear() + maxHoldYears);
  if (until > timestamp(last)) throw invalid("until", `must be within ${maxHoldYears} years; got ${until}`);
  const held = showHold(before, timestamp(now));
  if (held && until < held.until) {
    throw new ApiError(
      "held",
      `it is held until ${held.until} (${held.reason}): a hold can be prolonged, not shortened`,
    );
  }
  return { hold_until: until, hold_reason: body.reason };
}

/**
 * Keeps everybody from removing verified content before its date, or that of its artifact. To be called in the transaction that
 * would remove it. @throws ApiError 423
 */
export async function refuseHeldContent(transaction: Kysely<Tables>, row: BinaryRow, now: string): Promise<void> {
  if (row.state !== "signable" && row.state !== "signed") return;
  const own = showHold(row, now);
  if (own) throw refusal(`the binary '${resourcePrn(row.organization_id, "binary", row.id)}'`, own);
  const artifact = await transaction
    .selectFrom("artifacts as a")
    .innerJoin("artifact_versions as v", (join) =>
      join.onRef("v.organization_id", "=", "a.organization_id").onRef("v.artifact_id", "=", "a.id"),
    )
    .select(["a.id", "a.hold_until", "a.hold_reason"])
    .where("v.organization_id", "=", row.organization_id)
    .where("v.id", "=", row.artifact_version_id)
    .executeTakeFirstOrThrow();
  refuseHeldArtifact({ organization_id: row.organization_id, ...artifact }, now);
}

/** @throws ApiError 423 */
export function refuseHeldArtifact(row: Held & Pick<ArtifactRow, "organization_id" | "id">, now: string): void {
  const hold = showHold(row, now);
  if (hold) throw refusal(`the artifact '${resourcePrn(row.organization_id, "artifact", row.id)}'`, hold);
}

function refusal(what: string, { until, reason }: Hold): ApiError {
  const detail = `${what} is held until ${until} (${reason}); until then nobody can remove what is stored`;
  return new ApiError("held", detail, { facts: { hold_until: until } });
}
