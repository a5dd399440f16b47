import type { Kysely } from "kysely";
import { about, difference, record } from "../../activity/record.ts";
import type { Fields } from "../../activity/trail.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import type { Author } from "../../http/principal.ts";
import { touchChannel } from "../resolution/channels.ts";
import { told } from "./events.ts";

/** Writes a change of a release, so that polls, the trail and webhooks know of it. To be called in the organization's turn. */
export async function changeRelease(
  transaction: Kysely<Tables>,
  by: Author,
  before: ReleaseRow,
  changes: Partial<ReleaseRow>,
  { subtype, at, data = {} }: { subtype: string; at: string; data?: Fields },
): Promise<ReleaseRow> {
  const after = await transaction
    .updateTable("releases")
    .set({ ...changes, updated_at: at })
    .where("organization_id", "=", before.organization_id)
    .where("id", "=", before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await touchChannel(transaction, before.organization_id, before.cohort_id);
  await record(transaction, {
    ...about(by, "release", after, subtype),
    data: { ...told(after), ...data },
    ...difference(before, after),
    at,
  });
  return after;
}
