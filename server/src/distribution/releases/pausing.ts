import type { Release } from "@open-peridio/contract";
import { findOwn } from "../../database/own-row.ts";
import type { ReleaseRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { changeRelease } from "./change.ts";
import { showOne } from "./releases.ts";

/** No further device may claim it; of one that is paused already nothing changes. @throws ApiError 404 */
export function pauseRelease(platform: Platform, principal: Principal, prn: string): Promise<Release> {
  return turn(platform, principal, prn, "paused", (row, at) => (row.paused_at === null ? { paused_at: at } : null));
}

/** It goes on, with failures counted anew; of one that isn't paused nothing changes. @throws ApiError 404 */
export function resumeRelease(platform: Platform, principal: Principal, prn: string): Promise<Release> {
  const running = { paused_at: null, halted_at: null, done: 0, failed: 0 };
  return turn(platform, principal, prn, "resumed", (row) => (row.paused_at === null ? null : running));
}

/** @param decide what changes; null for nothing */
async function turn(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  subtype: "paused" | "resumed",
  decide: (row: ReleaseRow, at: string) => Partial<ReleaseRow> | null,
): Promise<Release> {
  const at = timestamp(clock.now());
  return changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "releases", prn);
    const changes = decide(row, at);
    if (changes) await changeRelease(transaction, principal, row, changes, { subtype, at });
    return showOne(transaction, row, at);
  });
}
