import type { Release } from "@open-peridio/contract";
import { about, difference, record } from "../../activity/record.ts";
import { findOwn } from "../../database/own-row.ts";
import type { ReleaseRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { touchChannel } from "../resolution/channels.ts";
import { told } from "./events.ts";
import { showOne } from "./releases.ts";

/** No further device may claim it; of one that is paused already nothing changes. @throws ApiError 404 */
export function pauseRelease(platform: Platform, principal: Principal, prn: string): Promise<Release> {
  return change(platform, principal, prn, "paused", (row, now) => (row.paused_at === null ? { paused_at: now } : null));
}

/** It goes on, with failures counted anew; of one that isn't paused nothing changes. @throws ApiError 404 */
export function resumeRelease(platform: Platform, principal: Principal, prn: string): Promise<Release> {
  const running = { paused_at: null, halted_at: null, done: 0, failed: 0 };
  return change(platform, principal, prn, "resumed", (row) => (row.paused_at === null ? null : running));
}

/** @param decide what changes; null for nothing */
async function change(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  subtype: "paused" | "resumed",
  decide: (row: ReleaseRow, now: string) => Partial<ReleaseRow> | null,
): Promise<Release> {
  const now = timestamp(clock.now());
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "releases", prn);
    const changes = decide(before, now);
    if (changes === null) return showOne(transaction, before, now);
    const after = await transaction
      .updateTable("releases")
      .set({ ...changes, updated_at: now })
      .where("organization_id", "=", before.organization_id)
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await touchChannel(transaction, before.organization_id, before.cohort_id);
    await record(transaction, {
      ...about(principal, "release", after, subtype),
      data: told(after),
      ...difference(before, after),
      at: now,
    });
    return showOne(transaction, after, now);
  });
}
