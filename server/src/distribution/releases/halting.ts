import type { Kysely } from "kysely";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import { theServer } from "../../http/principal.ts";
import { changeRelease } from "./change.ts";

/** Stops a release of which too many devices failed. To be called in the organization's turn. */
export async function haltIfFailing(transaction: Kysely<Tables>, release: ReleaseRow, at: string): Promise<void> {
  if (release.paused_at !== null || !isFailing(release)) return;
  const data = { done: Number(release.done), failed: Number(release.failed) };
  const halted = { paused_at: at, halted_at: at };
  await changeRelease(transaction, theServer, release, halted, { subtype: "halted", at, data });
}

/** Whether the devices that failed are as large a share of those that ended as the release bears, and enough of them. */
function isFailing({ failure_share: share, failure_minimum: minimum, ...release }: ReleaseRow): boolean {
  const [done, failed] = [Number(release.done), Number(release.failed)];
  return share !== null && failed >= Number(minimum) && failed / (done + failed) >= share;
}
