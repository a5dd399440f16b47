import {
  type CreateRelease,
  type ListQuery,
  organizationPrn,
  type Release,
  resourcePrn,
  searchKeys,
  type UpdateRelease,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, record } from "../../activity/record.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { planDeltas } from "../../deltas/plans.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { requireSendable } from "../bundles/sendable.ts";
import { touchChannel } from "../resolution/channels.ts";
import { changeRelease } from "./change.ts";
import { requireOpen } from "./channel-rules.ts";
import { told } from "./events.ts";
import { readChanges, readFields } from "./fields.ts";
import { findNewNext, findPlace, pointTo, takeOut } from "./graph.ts";

/**
 * Puts a bundle into a cohort's channel: as its newest release, or before the one that is named, and there also behind
 * the one that is named.
 * @throws ApiError 404; 409 for a bundle with something archived; 422 on the field that breaks a rule of channels
 */
export async function createRelease(platform: Platform, principal: Principal, body: CreateRelease): Promise<Release> {
  const { db, clock } = platform;
  const { organizationId } = principal;
  const now = timestamp(clock.now());
  const fields = readFields(body);
  const release = await changing(db, organizationId, async (transaction) => {
    const bundle = await findOwn(transaction, principal, "bundles", body.bundle_prn);
    const cohort = await findOwn(transaction, principal, "cohorts", body.cohort_prn);
    if (!fields.disabled) await requireSendable(transaction, organizationId, bundle.id);
    const id = uuidv7();
    const place = await findPlace(transaction, principal, body, { cohortId: cohort.id, fields, now });
    if (place.previous) await pointTo(transaction, place.previous, id);
    const row: ReleaseRow = {
      ...{ organization_id: organizationId, id, inserted_at: now, updated_at: now },
      ...{ bundle_id: bundle.id, cohort_id: cohort.id, next_release_id: place.nextId, ...fields },
      ...{ paused_at: null, halted_at: null, claims: 0, done: 0, failed: 0 },
    };
    await transaction.insertInto("releases").values(row).execute();
    await touchChannel(transaction, organizationId, cohort.id);
    await record(transaction, {
      ...about(principal, "release", row, "created"),
      data: told(row),
      after: { ...row },
      at: now,
    });
    await planDeltas(transaction, platform, row);
    return showOne(transaction, row, now);
  });
  platform.deltas.look();
  return release;
}

/** @throws ApiError 404; 409 when it is enabled while something of it is archived; 422 on the field that breaks a rule of channels */
export async function updateRelease(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateRelease,
): Promise<Release> {
  const now = timestamp(clock.now());
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "releases", prn);
    const changes = readChanges(before, body);
    if (before.disabled && body.disabled === false) {
      await requireSendable(transaction, before.organization_id, before.bundle_id);
    }
    const next =
      body.next_release_prn === undefined
        ? before.next_release_id
        : await findNewNext(transaction, principal, before, body.next_release_prn);
    if (next !== null) requireOpen({ ...before, ...changes }, now);
    const written = { ...changes, next_release_id: next };
    await changeRelease(transaction, principal, before, written, { subtype: "updated", at: now });
    return showOne(transaction, before, now);
  });
}

/** What led to it leads to its next one then. @throws ApiError 404 */
export async function deleteRelease({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "releases", prn);
    await takeOut(transaction, row);
    await touchChannel(transaction, row.organization_id, row.cohort_id);
    await record(transaction, {
      ...about(principal, "release", row, "deleted"),
      data: told(row),
      before: { ...row },
      at: timestamp(clock.now()),
    });
  });
}

const columns: SearchColumns = {
  ...commonColumns("releases", "release"),
  cohort_prn: { column: "releases.cohort_id", holds: "id", of: "cohort" },
  bundle_prn: { column: "releases.bundle_id", holds: "id", of: "bundle" },
  next_release_prn: { column: "releases.next_release_id", holds: "id", of: "release" },
  name: { column: "releases.name" },
  description: { column: "releases.description" },
  version: { column: "releases.version" },
  version_requirement: { column: "releases.version_requirement" },
  deleted_at: { column: "releases.inserted_at", holds: "nothing" },
};

/** Releases with the newest of those that lead to each. */
const shown = (db: Kysely<Tables>) =>
  db
    .selectFrom("releases")
    .selectAll("releases")
    .select(({ selectFrom }) =>
      selectFrom("releases as p")
        .select("p.id")
        .whereRef("p.organization_id", "=", "releases.organization_id")
        .whereRef("p.next_release_id", "=", "releases.id")
        .orderBy("p.inserted_at", "desc")
        .orderBy("p.id", "desc")
        .limit(1)
        .as("previous_release_id"),
    );

export function listReleases({ db, clock }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "releases", keys: searchKeys.releases, columns } as const;
  const now = timestamp(clock.now());
  return listOwn(db, shown(db), list, principal.organizationId, request, (row) => show(row, now));
}

/** @throws ApiError 404 */
export async function getRelease({ db, clock }: Platform, principal: Principal, prn: string): Promise<Release> {
  const row = await findOwn(db, principal, "releases", prn);
  return showOne(db, row, timestamp(clock.now()));
}

export async function showOne(
  db: Kysely<Tables>,
  { organization_id: organizationId, id }: Pick<ReleaseRow, "organization_id" | "id">,
  now: string,
): Promise<Release> {
  const row = await shown(db)
    .where("releases.organization_id", "=", organizationId)
    .where("releases.id", "=", id)
    .executeTakeFirstOrThrow();
  return show(row, now);
}

function show(row: ReleaseRow & { previous_release_id: string | null }, now: string): Release {
  const organizationId = row.organization_id;
  const release = (id: string | null) => id && resourcePrn(organizationId, "release", id);
  return {
    prn: resourcePrn(organizationId, "release", row.id),
    organization_prn: organizationPrn(organizationId),
    bundle_prn: resourcePrn(organizationId, "bundle", row.bundle_id),
    cohort_prn: resourcePrn(organizationId, "cohort", row.cohort_id),
    name: row.name,
    description: row.description,
    required: row.required === 1,
    disabled: row.disabled === 1,
    schedule_date: row.schedule_date,
    schedule_complete: row.schedule_date <= now,
    phase_mode: row.phase_mode,
    phase_value: row.phase_value,
    phase_tags: row.phase_tags === null ? null : (JSON.parse(row.phase_tags) as string[]),
    phase_type: row.phase_mode === "tags" ? null : row.phase_value! <= 1 ? "percent" : "static",
    next_release_prn: release(row.next_release_id),
    previous_release_prn: release(row.previous_release_id),
    version: row.version,
    version_requirement: row.version_requirement,
    failure_share: row.failure_share,
    failure_minimum: Number(row.failure_minimum),
    paused_at: row.paused_at,
    halted_at: row.halted_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
