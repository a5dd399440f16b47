import { ApiError, type ArchiveStep, resourcePrn } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import type { ArtifactRow, ArtifactVersionRow, BinaryRow, Tables } from "../database/tables.ts";
import { refuseInUse } from "./in-use.ts";

/*
 * What is archived takes along what belongs to it: each row says itself that it is, so that lists and bundles ask nothing
 * else. What went along is taken back with it; what was archived by itself before stays. To be called in the transaction of
 * the change.
 */

/** How an archiving, or its taking back, is told. */
export interface Archiving<Row> {
  subtype: "archived" | "unarchived";
  fields: Partial<Row>;
  /** How many went along. */
  data: Record<string, number>;
}

type Maybe<Row> = Promise<Archiving<Row> | null>;

const isChange = (
  archived: boolean | undefined,
  { archived_at }: { archived_at: string | null },
): archived is boolean => archived !== undefined && archived !== (archived_at !== null);

const named = (archived: boolean) => (archived ? "archived" : "unarchived");

/** Null when nothing changes. @throws ApiError 409 while devices are sent something of it */
export async function archiveArtifact(
  transaction: Kysely<Tables>,
  row: ArtifactRow,
  archived: boolean | undefined,
  now: string,
): Maybe<ArtifactRow> {
  if (!isChange(archived, row)) return null;
  if (archived) await refuseInUse(transaction, row.organization_id, { artifact: row.id }, now, "archived");
  const versions = await transaction
    .updateTable("artifact_versions")
    .set(wentAlong(row, archived, now))
    .where("organization_id", "=", row.organization_id)
    .where("artifact_id", "=", row.id)
    .where(going(row, archived))
    .executeTakeFirst();
  const binaries = await binariesAlong(transaction, row, archived, now)
    .where("artifact_version_id", "in", (eb) =>
      eb
        .selectFrom("artifact_versions")
        .select("id")
        .where("organization_id", "=", row.organization_id)
        .where("artifact_id", "=", row.id),
    )
    .executeTakeFirst();
  const data = { artifact_versions: Number(versions.numUpdatedRows), binaries: Number(binaries.numUpdatedRows) };
  return { subtype: named(archived), fields: { archived_at: archived ? now : null }, data };
}

/** Null when nothing changes. @throws ApiError 409 while devices are sent something of it, or its artifact is archived */
export async function archiveVersion(
  transaction: Kysely<Tables>,
  row: ArtifactVersionRow,
  archived: boolean | undefined,
  now: string,
): Maybe<ArtifactVersionRow> {
  if (!isChange(archived, row)) return null;
  if (archived) await refuseInUse(transaction, row.organization_id, { version: row.id }, now, "archived");
  else await refuseBelowArchived(transaction, row, "artifacts", row.artifact_id);
  const binaries = await binariesAlong(transaction, row, archived, now)
    .where("artifact_version_id", "=", row.id)
    .executeTakeFirst();
  const fields = { archived_at: archived ? now : null, archived_with: null };
  return { subtype: named(archived), fields, data: { binaries: Number(binaries.numUpdatedRows) } };
}

/** Null when nothing changes. @throws ApiError 409 while devices are sent it, or its version is archived */
export async function archiveBinary(
  transaction: Kysely<Tables>,
  row: BinaryRow,
  archived: boolean | undefined,
  now: string,
): Maybe<BinaryRow> {
  if (!isChange(archived, row)) return null;
  if (archived) await refuseInUse(transaction, row.organization_id, { binary: row.id }, now, "archived");
  else await refuseBelowArchived(transaction, row, "artifact_versions", row.artifact_version_id);
  const fields = {
    archived_at: archived ? now : null,
    archived_with: null,
    archive_step: row.archive_class === null ? null : stepTo(archived),
  };
  return { subtype: named(archived), fields, data: {} };
}

/** What is written of something that goes along, or is taken back with it. */
const wentAlong = ({ id }: { id: string }, archived: boolean, now: string) => ({
  archived_at: archived ? now : null,
  archived_with: archived ? id : null,
  updated_at: now,
});

/** Of those that would go along, or back, the ones that aren't there already by themselves. */
const going = ({ id }: { id: string }, archived: boolean) =>
  archived ? sql<boolean>`archived_at is null` : sql<boolean>`archived_with = ${id}`;

function binariesAlong(
  transaction: Kysely<Tables>,
  row: ArtifactRow | ArtifactVersionRow,
  archived: boolean,
  now: string,
) {
  const step = sql<ArchiveStep | null>`case when archive_class is not null then ${stepTo(archived)} end`;
  return transaction
    .updateTable("binaries")
    .set({ ...wentAlong(row, archived, now), archive_step: step })
    .where("organization_id", "=", row.organization_id)
    .where(going(row, archived));
}

const stepTo = (archived: boolean): ArchiveStep => (archived ? "archiving" : "restoring");

async function refuseBelowArchived(
  transaction: Kysely<Tables>,
  { organization_id }: ArtifactVersionRow | BinaryRow,
  table: "artifacts" | "artifact_versions",
  id: string,
): Promise<void> {
  const above = await transaction
    .selectFrom(table)
    .select("archived_at")
    .where("organization_id", "=", organization_id)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  if (above.archived_at === null) return;
  const type = table === "artifacts" ? "artifact" : "artifact_version";
  const prn = resourcePrn(organization_id, type, id);
  throw new ApiError("conflict", `the ${type.replace("_", " ")} '${prn}' is archived; take that back instead`);
}
