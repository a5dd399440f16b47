import {
  type Binary,
  type CreateBinary,
  invalid,
  notFound,
  organizationPrn,
  resourcePrn,
} from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { limitsOf } from "../accounts/limits.ts";
import { record } from "../activity/record.ts";
import { isTaken } from "../database/constraint.ts";
import { storeMetadata } from "../database/metadata.ts";
import type { BinaryRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { activeStore } from "../stores/stores.ts";
import { readHash } from "./declared.ts";
import { countBinary } from "./quota.ts";
import { getBinary } from "./record.ts";
import { findReusable, reuse } from "./reuse.ts";
import { firstRevision } from "./shared-content.ts";
import { asUploaded, outOfArchive } from "./transitions.ts";

/**
 * @throws ApiError 404 for the version; 422 on `target` or `id` when it is taken, on `hash` or `size` that is missing where
 * content is to be reused; 507.
 */
export async function createBinary(platform: Platform, principal: Principal, body: CreateBinary): Promise<Binary> {
  const { organizationId } = principal;
  const now = timestamp(platform.clock.now());
  const row: BinaryRow = {
    organization_id: organizationId,
    id: body.id?.toLowerCase() ?? uuidv7(),
    artifact_version_id: ownId(principal, body.artifact_version_prn, "artifact_version"),
    target: body.target,
    hash: readHash(body.hash ?? null),
    size: body.size ?? null,
    state: "uploadable",
    revision: 0,
    description: body.description ?? null,
    custom_metadata: storeMetadata(body.custom_metadata),
    verification_failure: null,
    part_size: null,
    content_file: null,
    upload_id: null,
    reserved_bytes: 0,
    announced_bytes: 0,
    required_signatures: null,
    store_id: null,
    quarantine: null,
    ...{ archived_at: null, archived_with: null, hold_until: null, hold_reason: null },
    ...outOfArchive,
    ...asUploaded,
    inserted_at: now,
    updated_at: now,
  };
  const prn = resourcePrn(organizationId, "binary", row.id);
  const limits = await limitsOf(platform, organizationId);
  const reusable = body.reuse_content ? await reusableFor(platform, row) : null;
  await changing(platform.db, organizationId, async (transaction) => {
    const version = await transaction
      .selectFrom("artifact_versions")
      .select(["id", "version", "archived_at"])
      .where("organization_id", "=", organizationId)
      .where("id", "=", row.artifact_version_id)
      .executeTakeFirst();
    if (!version) throw notFound("artifact version", body.artifact_version_prn);
    if (version.archived_at !== null) {
      throw invalid("artifact_version_prn", `names the version '${version.version}', which is archived`);
    }
    row.store_id = await activeStore(transaction, organizationId);
    if (body.id !== undefined) row.revision = await firstRevision(transaction, organizationId, row.id);
    await transaction.insertInto("binaries").values(row).execute();
    await countBinary(transaction, organizationId, limits);
    await record(transaction, {
      organizationId,
      by: principal,
      type: "binary",
      subtype: "created",
      resource: prn,
      data: {
        from: null,
        to: "uploadable",
        reason: "created",
        revision: row.revision,
        organization: organizationPrn(organizationId),
      },
      after: { ...row },
      at: now,
    });
    if (reusable) await reuse(transaction, platform.clock, principal, row, reusable);
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return getBinary(platform, principal, prn);
}

/** @throws ApiError 422 */
async function reusableFor(platform: Platform, row: BinaryRow): Promise<BinaryRow | null> {
  if (row.hash === null) throw invalid("hash", "must be declared to reuse content");
  if (row.size === null) throw invalid("size", "must be declared to reuse content");
  return findReusable(platform, { ...row, store_id: await activeStore(platform.db, row.organization_id) });
}

function explainTaken(error: unknown, body: CreateBinary): unknown {
  if (isTaken(error, "binaries.target")) {
    return invalid("target", `'${body.target}' has a binary in this version already; destroy or update that one`);
  }
  if (isTaken(error, "binaries.id")) return invalid("id", `is taken by another binary; got '${body.id}'`);
  return error;
}
