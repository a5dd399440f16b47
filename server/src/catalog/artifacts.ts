import {
  ApiError,
  type Artifact,
  type CreateArtifact,
  invalid,
  type ListQuery,
  organizationPrn,
  type PlaceHold,
  resourcePrn,
  searchKeys,
  type UpdateArtifact,
} from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../activity/own-changes.ts";
import { isTaken } from "../database/constraint.ts";
import { listOwn } from "../database/lists.ts";
import { showMetadata, storeMetadata } from "../database/metadata.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns, searchedKeys, showsArchived } from "../database/search.ts";
import type { ArtifactRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";
import { archiveArtifact } from "./archive.ts";
import { readHold, refuseHeldArtifact, showHold } from "./hold.ts";

export async function createArtifact(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateArtifact,
): Promise<Artifact> {
  const now = timestamp(clock.now());
  const row: ArtifactRow = {
    organization_id: principal.organizationId,
    id: body.id?.toLowerCase() ?? uuidv7(),
    name: body.name,
    description: body.description ?? null,
    custom_metadata: storeMetadata(body.custom_metadata),
    ...{ archived_at: null, hold_until: null, hold_reason: null },
    inserted_at: now,
    updated_at: now,
  };
  await changing(db, principal.organizationId, async (transaction) => {
    await insertOwn(transaction, principal, "artifacts", row);
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row, clock);
}

const columns: SearchColumns = {
  ...commonColumns("artifacts", "artifact"),
  archived: { column: "artifacts.archived_at", holds: "presence" },
  name: { column: "artifacts.name" },
  description: { column: "artifacts.description" },
};

export function listArtifacts({ db, clock }: Platform, principal: Principal, request: ListQuery) {
  const all = db.selectFrom("artifacts").selectAll();
  const named = searchedKeys(request.search, searchKeys.artifacts);
  const rows = showsArchived(named) ? all : all.where("archived_at", "is", null);
  const list = { table: "artifacts", keys: searchKeys.artifacts, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, (row) => show(row, clock));
}

export async function getArtifact({ db, clock }: Platform, principal: Principal, prn: string): Promise<Artifact> {
  return show(await findOwn(db, principal, "artifacts", prn), clock);
}

export async function updateArtifact(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateArtifact,
): Promise<Artifact> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "artifacts", prn);
    const fields = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.description !== undefined && { description: body.description }),
      ...(body.custom_metadata !== undefined && { custom_metadata: storeMetadata(body.custom_metadata) }),
    };
    const archiving = await archiveArtifact(transaction, before, body.archived, timestamp(clock.now()));
    const by = { by: principal, clock, ...(archiving && { subtype: archiving.subtype }) };
    const written = { ...fields, ...archiving?.fields };
    return updateOwn(transaction, by, "artifacts", before, written, () => (archiving ? { data: archiving.data } : {}));
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row, clock);
}

/** Holds all of its content until a date that nobody can bring forward. @throws ApiError 404, 422, 423 */
export async function holdArtifact(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: PlaceHold,
): Promise<Artifact> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "artifacts", prn);
    const hold = readHold(before, body, clock.now());
    const data = { until: hold.hold_until, reason: hold.hold_reason };
    const by = { by: principal, clock, subtype: "held" };
    return updateOwn(transaction, by, "artifacts", before, hold, () => ({ data }));
  });
  return show(row, clock);
}

/** @throws ApiError 409 while the artifact has versions; 423 while it is held. */
export async function deleteArtifact({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  const { organizationId } = principal;
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "artifacts", prn);
    refuseHeldArtifact(row, timestamp(clock.now()));
    const version = await transaction
      .selectFrom("artifact_versions")
      .select("id")
      .where("organization_id", "=", organizationId)
      .where("artifact_id", "=", row.id)
      .limit(1)
      .executeTakeFirst();
    if (version) {
      const user = resourcePrn(organizationId, "artifact_version", version.id);
      throw new ApiError("conflict", `the artifact still has versions, such as '${user}'; delete them first`);
    }
    await deleteOwn(transaction, { by: principal, clock }, "artifacts", row);
  });
}

function explainTaken(error: unknown, body: { name?: string; id?: string }): unknown {
  if (isTaken(error, "artifacts.name")) return invalid("name", `is taken by another artifact; got '${body.name}'`);
  if (isTaken(error, "artifacts.id")) return invalid("id", `is taken by another artifact; got '${body.id}'`);
  return error;
}

function show(row: ArtifactRow, clock: Clock): Artifact {
  return {
    prn: resourcePrn(row.organization_id, "artifact", row.id),
    organization_prn: organizationPrn(row.organization_id),
    archived: row.archived_at !== null,
    archived_at: row.archived_at,
    hold: showHold(row, timestamp(clock.now())),
    name: row.name,
    description: row.description,
    custom_metadata: showMetadata(row.custom_metadata),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
