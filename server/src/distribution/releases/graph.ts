import { type CreateRelease, invalid, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { findOwn } from "../../database/own-row.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import type { Principal } from "../../http/principal.ts";
import {
  type Constrainable,
  requireFollowable,
  requireNeighbours,
  requireNoCircle,
  requireOpen,
  requireSameCohort,
} from "./channel-rules.ts";

interface Newcomer {
  cohortId: string;
  fields: Constrainable;
  now: string;
}

interface Place {
  /** What shall lead to the new release; null for nothing. */
  previous: ReleaseRow | null;
  nextId: string | null;
}

/** Where a new release comes in its channel. @throws ApiError 404; 422 when it can't be there */
export async function findPlace(
  db: Kysely<Tables>,
  principal: Principal,
  { next_release_prn: nextPrn, previous_release_prn: previousPrn }: Partial<CreateRelease>,
  { cohortId, fields, now }: Newcomer,
): Promise<Place> {
  if (!nextPrn) {
    if (previousPrn) {
      const cure = "give next_release_prn too, or neither to make the newest release";
      throw invalid("previous_release_prn", `can't be given alone: ${cure}`);
    }
    const newest = await findNewest(db, principal.organizationId, cohortId);
    if (newest) requireFollowable(newest, now);
    return { previous: newest ?? null, nextId: null };
  }
  const next = await findOwn(db, principal, "releases", nextPrn);
  const previous = previousPrn ? await findOwn(db, principal, "releases", previousPrn) : null;
  requireNeighbours(cohortId, next, previous);
  requireOpen(fields, now);
  return { previous, nextId: next.id };
}

/** The id of the release that shall follow one. @throws ApiError 404; 422 when the channel would fall apart */
export async function findNewNext(
  transaction: Kysely<Tables>,
  principal: Principal,
  row: ReleaseRow,
  prn: string | null,
): Promise<string | null> {
  if (prn === null) {
    if (row.next_release_id === null) return null;
    const newest = (await findNewest(transaction, row.organization_id, row.cohort_id))!;
    const other = resourcePrn(row.organization_id, "release", newest.id);
    throw invalid("next_release_prn", `must name a release: a cohort has one newest, which is '${other}'; got null`);
  }
  const next = await findOwn(transaction, principal, "releases", prn);
  requireSameCohort("next_release_prn", row.cohort_id, next);
  requireNoCircle(row, await pathFrom(transaction, next));
  return next.id;
}

/**
 * Deletes a release; what led to it leads to its next one. When it was the newest, the newest of those that led to it takes
 * its place, and the others lead there.
 */
export async function takeOut(transaction: Kysely<Tables>, row: ReleaseRow): Promise<void> {
  const before = await transaction
    .selectFrom("releases")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("next_release_id", "=", row.id)
    .orderBy("inserted_at", "desc")
    .orderBy("id", "desc")
    .execute();
  await transaction
    .deleteFrom("releases")
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .execute();
  const [newest, ...others] = before;
  if (newest) await pointTo(transaction, newest, row.next_release_id);
  for (const other of others) await pointTo(transaction, other, row.next_release_id ?? newest!.id);
}

function findNewest(
  transaction: Kysely<Tables>,
  organizationId: string,
  cohortId: string,
): Promise<ReleaseRow | undefined> {
  return transaction
    .selectFrom("releases")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("cohort_id", "=", cohortId)
    .where("next_release_id", "is", null)
    .executeTakeFirst();
}

export async function pointTo(transaction: Kysely<Tables>, row: ReleaseRow, nextId: string | null): Promise<void> {
  await transaction
    .updateTable("releases")
    .set({ next_release_id: nextId })
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .execute();
}

/** Ids of a release and all that follow it. */
async function pathFrom(transaction: Kysely<Tables>, first: ReleaseRow): Promise<string[]> {
  const rows = await transaction
    .selectFrom("releases")
    .select(["id", "next_release_id"])
    .where("organization_id", "=", first.organization_id)
    .where("cohort_id", "=", first.cohort_id)
    .execute();
  const nextOf = new Map(rows.map((row) => [row.id, row.next_release_id]));
  const path = [];
  for (let id: string | null | undefined = first.id; id; id = nextOf.get(id)) path.push(id);
  return path;
}
