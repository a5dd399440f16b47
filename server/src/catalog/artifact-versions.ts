import {
  ApiError,
  type ArtifactVersion,
  type CreateArtifactVersion,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateArtifactVersion,
} from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../activity/own-changes.ts";
import { isTaken } from "../database/constraint.ts";
import { listOwn } from "../database/lists.ts";
import { showMetadata, storeMetadata } from "../database/metadata.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns, searchedKeys, showsArchived } from "../database/search.ts";
import type { ArtifactVersionRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { archiveVersion } from "./archive.ts";

export async function createArtifactVersion(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateArtifactVersion,
): Promise<ArtifactVersion> {
  const now = timestamp(clock.now());
  const row: ArtifactVersionRow = {
    organization_id: principal.organizationId,
    id: body.id?.toLowerCase() ?? uuidv7(),
    artifact_id: ownId(principal, body.artifact_prn, "artifact"),
    version: body.version,
    description: body.description ?? null,
    custom_metadata: storeMetadata(body.custom_metadata),
    ...{ archived_at: null, archived_with: null },
    inserted_at: now,
    updated_at: now,
  };
  await changing(db, principal.organizationId, async (transaction) => {
    const artifact = await findOwn(transaction, principal, "artifacts", body.artifact_prn);
    if (artifact.archived_at !== null) {
      throw invalid("artifact_prn", `names the artifact '${artifact.name}', which is archived`);
    }
    await insertOwn(transaction, principal, "artifact_versions", row);
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row);
}

const columns: SearchColumns = {
  ...commonColumns("artifact_versions", "artifact_version"),
  archived: { column: "artifact_versions.archived_at", holds: "presence" },
  artifact_prn: { column: "artifact_versions.artifact_id", holds: "id", of: "artifact" },
  version: { column: "artifact_versions.version" },
  description: { column: "artifact_versions.description" },
};

export function listArtifactVersions({ db }: Platform, principal: Principal, request: ListQuery) {
  const all = db.selectFrom("artifact_versions").selectAll();
  const named = searchedKeys(request.search, searchKeys.artifact_versions);
  const rows = showsArchived(named) ? all : all.where("archived_at", "is", null);
  const list = { table: "artifact_versions", keys: searchKeys.artifact_versions, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getArtifactVersion(
  { db }: Platform,
  principal: Principal,
  prn: string,
): Promise<ArtifactVersion> {
  return show(await findOwn(db, principal, "artifact_versions", prn));
}

export async function updateArtifactVersion(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateArtifactVersion,
): Promise<ArtifactVersion> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "artifact_versions", prn);
    const fields = {
      ...(body.description !== undefined && { description: body.description }),
      ...(body.custom_metadata !== undefined && { custom_metadata: storeMetadata(body.custom_metadata) }),
    };
    const archiving = await archiveVersion(transaction, before, body.archived, timestamp(clock.now()));
    const by = { by: principal, clock, ...(archiving && { subtype: archiving.subtype }) };
    const written = { ...fields, ...archiving?.fields };
    const told = () => (archiving ? { data: archiving.data } : {});
    return updateOwn(transaction, by, "artifact_versions", before, written, told);
  });
  return show(row);
}

/** @throws ApiError 409 while the version has binaries, destroyed ones included: their records are the proof. */
export async function deleteArtifactVersion({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  const { organizationId } = principal;
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "artifact_versions", prn);
    const binary = await transaction
      .selectFrom("binaries")
      .select(["id", "state"])
      .where("organization_id", "=", organizationId)
      .where("artifact_version_id", "=", row.id)
      .limit(1)
      .executeTakeFirst();
    if (binary) {
      const user = resourcePrn(organizationId, "binary", binary.id);
      throw new ApiError("conflict", `the version still has binaries, such as '${user}' (${binary.state})`);
    }
    await deleteOwn(transaction, { by: principal, clock }, "artifact_versions", row);
  });
}

function explainTaken(error: unknown, body: CreateArtifactVersion): unknown {
  if (isTaken(error, "artifact_versions.version")) {
    return invalid("version", `exists already for this artifact; got '${body.version}'`);
  }
  if (isTaken(error, "artifact_versions.id")) return invalid("id", `is taken by another version; got '${body.id}'`);
  return error;
}

function show(row: ArtifactVersionRow): ArtifactVersion {
  return {
    prn: resourcePrn(row.organization_id, "artifact_version", row.id),
    organization_prn: organizationPrn(row.organization_id),
    archived: row.archived_at !== null,
    archived_at: row.archived_at,
    artifact_prn: resourcePrn(row.organization_id, "artifact", row.artifact_id),
    version: row.version,
    description: row.description,
    custom_metadata: showMetadata(row.custom_metadata),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
