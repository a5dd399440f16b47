import {
  type Binary,
  type KeyAlgorithm,
  type ListQuery,
  notFound,
  organizationPrn,
  type Quarantine,
  resourcePrn,
  type SignedMessage,
  searchKeys,
  type VerificationFailure,
} from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import { showHold } from "../catalog/hold.ts";
import { dialectOf } from "../database/dialect.ts";
import { listOwn } from "../database/lists.ts";
import { showMetadata } from "../database/metadata.ts";
import { prepared } from "../database/prepared.ts";
import {
  commonColumns,
  type SearchColumns,
  searchedKeys,
  searchedMetadata,
  searchedWords,
  showsArchived,
} from "../database/search.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";
import { deviceAgentAccepts } from "../signing/verify.ts";
import { availabilityOf } from "./availability.ts";
import { targetsWith } from "./targets.ts";

/** A record with its signatures as one JSON text, so that one query answers. */
type SignedRow = BinaryRow & { signatures: string };

interface ListedSignature {
  signature: string;
  key: string;
  keyid: string;
  algorithm: KeyAlgorithm;
  message: SignedMessage;
}

const listed = (db: Kysely<Tables>) =>
  sql<string>`(
    select ${dialectOf(db).jsonRows({
      signature: sql`s.signature`,
      key: sql`s.signing_key_id`,
      keyid: sql`k.keyid`,
      algorithm: sql`k.algorithm`,
      message: sql`s.signed_message`,
    })}
    from binary_signatures s
    join signing_keys k on k.organization_id = s.organization_id and k.id = s.signing_key_id
    where s.organization_id = binaries.organization_id and s.binary_id = binaries.id
  )`.as("signatures");

const records = (db: Kysely<Tables>) => db.selectFrom("binaries").selectAll("binaries").select(listed(db));

const recordById = prepared((db, organizationId: string, id: string) =>
  records(db).where("organization_id", "=", organizationId).where("id", "=", id),
);

/** @throws ApiError 404 */
export async function getBinary(
  { db, clock }: Pick<Platform, "db" | "clock">,
  principal: Principal,
  prn: string,
): Promise<Binary> {
  const [row] = await recordById(db, principal.organizationId, ownId(principal, prn, "binary"));
  if (!row) throw notFound("binary", prn);
  return show(row, clock);
}

const columns: SearchColumns = {
  ...commonColumns("binaries", "binary"),
  archived: { column: "binaries.archived_at", holds: "presence" },
  artifact_version_prn: { column: "binaries.artifact_version_id", holds: "id", of: "artifact_version" },
  content_store_prn: { column: "binaries.store_id", holds: "id", of: "content_store" },
  organization_prn: { column: "binaries.organization_id", holds: "organization" },
  description: { column: "binaries.description" },
  hash: { column: "binaries.hash", holds: "hash" },
  quarantined: { column: "binaries.quarantine", holds: "presence" },
  size: { column: "binaries.size" },
  state: { column: "binaries.state" },
  target: { column: "binaries.target" },
  "custom_metadata.*": { column: "binaries.custom_metadata", holds: "metadata" },
};

/**
 * Destroyed binaries are left out unless the search names `state`, `prn` or `hash`: the official CLI takes a single
 * destroyed result for the file that it is about to upload. So are archived ones, unless it names `archived`, `prn` or `hash`.
 */
export async function listBinaries({ db, clock }: Platform, principal: Principal, request: ListQuery) {
  const { organizationId } = principal;
  const named = searchedKeys(request.search, searchKeys.binaries);
  const destroyedToo = named.has("state") || named.has("prn") || named.has("hash");
  const wanted = <T extends ReturnType<typeof records>>(rows: T): T => {
    const there = destroyedToo ? rows : rows.where("binaries.state", "!=", "destroyed");
    return (showsArchived(named) ? there : there.where("binaries.archived_at", "is", null)) as T;
  };
  const shown = (row: SignedRow) => show(row, clock);
  const list = { table: "binaries", keys: searchKeys.binaries, columns } as const;
  const metadata = searchedMetadata(request.search, searchKeys.binaries);
  if (metadata === null || (await hasLargeMetadata(db, organizationId))) {
    const words = searchedWords(request.search, searchKeys.binaries, "target");
    const narrowed = named.has("artifact_version_prn");
    const values = words === null || narrowed ? null : await targetsWith(db, organizationId, words);
    const how = { ...list, narrowed, ...(values && { among: { column: "binaries.target", values } }) };
    return listOwn(db, wanted(records(db)), how, organizationId, request, shown);
  }
  // SQLite reads the tables of a cross join in this order; by itself it would look at all binaries, newest first. PostgreSQL does
  // so by itself, but not if `inserted_at` is compared as well: then it takes a row that fits for rare, and reads them all.
  const having = db
    .selectFrom("binary_metadata")
    .crossJoin("binaries")
    .selectAll("binaries")
    .select(listed(db))
    .whereRef("binaries.organization_id", "=", "binary_metadata.organization_id")
    .whereRef("binaries.id", "=", "binary_metadata.id")
    .where("binary_metadata.organization_id", "=", organizationId)
    .where(sql<boolean>`binary_metadata.key = substr(${metadata.key}, 1, 64)`)
    .where("binary_metadata.value", "=", dialectOf(db).metadataEntry(metadata.value));
  return listOwn(db, wanted(having), { ...list, along: "binary_metadata" }, organizationId, request, shown);
}

/** Whether there is a binary whose metadata is too large to be found by its entries. */
async function hasLargeMetadata(db: Kysely<Tables>, organizationId: string): Promise<boolean> {
  const query = db.selectFrom("binary_metadata").select("id").where("organization_id", "=", organizationId);
  return (await query.where("key", "=", "").limit(1).executeTakeFirst()) !== undefined;
}

/** The row behind a PRN, to decide on. @throws ApiError 404 */
export async function findBinary(db: Kysely<Tables>, principal: Principal, prn: string): Promise<BinaryRow> {
  const row = await db
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", principal.organizationId)
    .where("id", "=", ownId(principal, prn, "binary"))
    .executeTakeFirst();
  if (!row) throw notFound("binary", prn);
  return row;
}

function show(row: SignedRow, clock: Clock): Binary {
  const organizationId = row.organization_id;
  const listed = row.signatures === "[]" ? [] : (JSON.parse(row.signatures) as ListedSignature[]);
  return {
    prn: resourcePrn(organizationId, "binary", row.id),
    organization_prn: organizationPrn(organizationId),
    archived: row.archived_at !== null,
    archived_at: row.archived_at,
    hold: showHold(row, timestamp(clock.now())),
    artifact_version_prn: resourcePrn(organizationId, "artifact_version", row.artifact_version_id),
    target: row.target,
    hash: row.hash,
    size: row.size,
    state: row.state,
    revision: row.revision,
    description: row.description,
    custom_metadata: showMetadata(row.custom_metadata),
    content_store_prn: row.store_id === null ? null : resourcePrn(organizationId, "content_store", row.store_id),
    content_availability: availabilityOf(row),
    archive_class: row.archive_class,
    signatures: listed.map(({ signature, key, keyid, algorithm, message }) => ({
      signature,
      signing_key_prn: resourcePrn(organizationId, "signing_key", key),
      keyid,
      device_agent_accepts: deviceAgentAccepts(algorithm, message),
    })),
    verification_failure: row.verification_failure
      ? (JSON.parse(row.verification_failure) as VerificationFailure)
      : null,
    quarantine: row.quarantine ? (JSON.parse(row.quarantine) as Quarantine) : null,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
    created_at: row.inserted_at,
  };
}
