import type { Kysely } from "kysely";
import { about, difference, record } from "../../activity/record.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import { theServer } from "../../http/principal.ts";
import { touchChannel } from "../resolution/channels.ts";
import { told } from "./events.ts";

/** Stops a release of which too many devices failed. Call it in the organization's turn. */
export async function haltIfFailing(transaction: Kysely<Tables>, release: ReleaseRow, at: string): Promise<void> {
  if (release.paused_at !== null || !isFailing(release)) return;
  const halted = await transaction
    .updateTable("releases")
    .set({ paused_at: at, halted_at: at, updated_at: at })
    .where("organization_id", "=", release.organization_id)
    .where("id", "=", release.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await touchChannel(transaction, release.organization_id, release.cohort_id);
  await record(transaction, {
    ...about(theServer, "release", halted, "halted"),
    data: { ...told(halted), done: Number(halted.done), failed: Number(halted.failed) },
    ...difference(release, halted),
    at,
  });
}

/** Whether the devices that failed are as large a share of those that ended as the release bears, and enough of them. */
function isFailing({ failure_share: share, failure_minimum: minimum, ...release }: ReleaseRow): boolean {
  const [done, failed] = [Number(release.done), Number(release.failed)];
  return share !== null && failed >= Number(minimum) && failed / (done + failed) >= share;
}
