import { type ArchiveStep, resourcePrn, verifiedStates } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { difference, record } from "../activity/record.ts";
import { deciding } from "../binaries/deciding.ts";
import { contentKeyOf, keptOf, recordsSharing } from "../binaries/shared-content.ts";
import { changeIfUnchanged, outOfArchive } from "../binaries/transitions.ts";
import { storedSizeOf } from "../content/kept.ts";
import type { ArchiveClass } from "../content/store.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

export type Needs = Pick<Platform, "db" | "stores" | "clock">;

type Class = Pick<BinaryRow, "archive_class" | "archive_readable" | "archive_step">;

/**
 * Says, before it begins, that a content is about to go into a class: from then on nobody is sent it, if it can't be read there.
 * Only when all records that share it are archived. Whether it does.
 */
export function beginArchiving({ db, clock }: Needs, row: BinaryRow, to: ArchiveClass): Promise<boolean> {
  return deciding(db, row.organization_id, async (transaction) => {
    const found = await current(transaction, row);
    if (!found || found.archive_class !== null) return false;
    const all = await recordsSharing(transaction, found).selectAll().execute();
    if (all.some((one) => one.archived_at === null || !isSettled(one))) return false;
    const into: Class = { ...classOf(to), archive_step: "archiving" };
    for (const one of all) await changeIfUnchanged(transaction, clock, one, into);
    return true;
  });
}

/** One step of a content on its way: into the class when all that share it are archived, else back. Whether it has arrived. */
export async function stepOn(platform: Needs, row: BinaryRow): Promise<boolean> {
  const { db, stores, clock } = platform;
  const step = await deciding(db, row.organization_id, async (transaction) => {
    const found = await current(transaction, row);
    if (!found || found.archive_step === null) return null;
    return agreeOn(transaction, clock, found);
  });
  if (step === null) return false;
  const store = await stores.of(row);
  const kept = keptOf(row);
  const [place, file, size] = [kept.place, kept.file, storedSizeOf(kept)];
  if (store.kind === "files") return conclude(platform, row, step, outOfArchive);
  const to = step === "archiving" ? store.archiveClass : null;
  if (to) await store.archive(place, file, size);
  else if (!(await store.unarchive(place, file, size))) return false;
  return conclude(platform, row, step, to ? { ...classOf(to), archive_step: null } : outOfArchive);
}

/** Records that share a content go the same way: it stays, or comes back, as long as one of them isn't archived. */
async function agreeOn(
  transaction: Transaction<Tables>,
  clock: Platform["clock"],
  row: BinaryRow,
): Promise<ArchiveStep> {
  const all = await recordsSharing(transaction, row).selectAll().execute();
  const step = all.every(({ archived_at }) => archived_at !== null) ? "archiving" : "restoring";
  const { archive_class, archive_readable } = row;
  for (const one of all) {
    const same = one.archive_step === step && one.archive_class === archive_class;
    if (!same)
      await changeIfUnchanged(transaction, clock, one, { archive_class, archive_readable, archive_step: step });
  }
  return step;
}

/** Writes where it is now, unless somebody wants something else meanwhile: then the next look goes on with that. */
function conclude({ db, clock }: Needs, row: BinaryRow, step: ArchiveStep, now: Class): Promise<boolean> {
  return deciding(db, row.organization_id, async (transaction) => {
    const found = await current(transaction, row);
    if (!found) return false;
    const all = await recordsSharing(transaction, found).selectAll().execute();
    if (all.some(({ archive_step }) => archive_step !== step)) return false;
    for (const before of all) {
      const after = await changeIfUnchanged(transaction, clock, before, now);
      await record(transaction, {
        organizationId: after.organization_id,
        by: theServer,
        type: "binary",
        subtype: now.archive_class === null ? "content_restored" : "content_archived",
        resource: resourcePrn(after.organization_id, "binary", after.id),
        data: { archive_class: now.archive_class ?? before.archive_class, revision: after.revision },
        ...difference(before, after),
        at: after.updated_at,
      });
    }
    return true;
  });
}

const classOf = ({ name, readable }: ArchiveClass) =>
  ({ archive_class: name, archive_readable: readable ? 1 : 0 }) as const;

/** Verified, and not damaged: what is wrong with it is for the checks. */
const isSettled = ({ state, quarantine }: BinaryRow) => verifiedStates.includes(state) && quarantine === null;

/** The record as it is now; undefined when it has other content. */
async function current(transaction: Transaction<Tables>, row: BinaryRow): Promise<BinaryRow | undefined> {
  const found = await transaction
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .executeTakeFirst();
  return found && found.content_file !== null && contentKeyOf(found) === contentKeyOf(row) ? found : undefined;
}
