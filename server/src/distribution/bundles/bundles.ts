import {
  ApiError,
  type Bundle,
  type CreateBundle,
  invalid,
  invalidFields,
  type ListQuery,
  notFound,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateBundle,
} from "@open-peridio/contract";
import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, updateOwn } from "../../activity/own-changes.ts";
import { about, record } from "../../activity/record.ts";
import { isTaken } from "../../database/constraint.ts";
import { dialectOf } from "../../database/dialect.ts";
import { listOwn } from "../../database/lists.ts";
import { showMetadata } from "../../database/metadata.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { BundleRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import { type Owner, ownId, type Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { chooseMembers, type Member, manifestHash } from "./members.ts";

/** The two shapes of a bundle: by artifact versions, or by binaries. */
export type BundleVersion = 1 | 2;

/**
 * Makes a bundle of signed binaries; without an id of the caller's, the same one again is the same one.
 * @param asked the version that the request names; null takes either body
 * @throws ApiError 404; 409 for binaries that aren't signed; 422
 */
export async function createBundle(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateBundle,
  asked: BundleVersion | null,
): Promise<Bundle> {
  requireBody(body, asked);
  const { organizationId } = principal;
  const now = timestamp(clock.now());
  const row = await changing(db, organizationId, async (transaction) => {
    const members = await chooseMembers(transaction, principal, body);
    const row: BundleRow = {
      organization_id: organizationId,
      id: body.id?.toLowerCase() ?? uuidv7(),
      name: body.name ?? null,
      hash: manifestHash(members),
      inserted_at: now,
      updated_at: now,
    };
    const existing = body.id === undefined ? await equal(transaction, row) : undefined;
    if (existing) return existing;
    await transaction.insertInto("bundles").values(row).execute();
    await transaction.insertInto("bundle_binaries").values(memberRows(row, members)).execute();
    const binaries = members.map(({ id }) => resourcePrn(organizationId, "binary", id));
    await record(transaction, { ...about(principal, "bundle", row, "created"), after: { ...row, binaries }, at: now });
    return row;
  }).catch((error) => {
    if (isTaken(error, "bundles.id")) throw invalid("id", `is taken by another bundle; got '${body.id}'`);
    throw error;
  });
  return readBundle(db, principal, row.id, asked ?? 1);
}

/** Which of the two bodies it must be. */
function requireBody(body: CreateBundle, asked: BundleVersion | null): void {
  const given = { 1: body.artifact_version_prns !== undefined, 2: body.binaries !== undefined };
  const names = { 1: "artifact_version_prns", 2: "binaries" } as const;
  if (asked === null) {
    if (given[1] !== given[2]) return;
    const problem = given[1] ? "can't stand beside artifact_version_prns: give one of the two" : "is required";
    throw invalidFields({ binaries: [given[1] ? problem : `${problem}, or artifact_version_prns in its place`] });
  }
  const other = asked === 1 ? 2 : 1;
  if (!given[asked]) throw invalid(names[asked], `is required with x-api-version ${asked}`);
  if (given[other]) throw invalid(names[other], `is for x-api-version ${other}; this request says ${asked}`);
}

/** The hash stands for all members in their order, with their metadata. */
function equal(transaction: Transaction<Tables>, { organization_id, hash, name }: BundleRow) {
  return transaction
    .selectFrom("bundles")
    .selectAll()
    .where("organization_id", "=", organization_id)
    .where("hash", "=", hash)
    .where("name", name === null ? "is" : "=", name)
    .orderBy("inserted_at")
    .limit(1)
    .executeTakeFirst();
}

function memberRows(bundle: BundleRow, members: Member[]) {
  return members.map(({ id, custom_metadata }, position) => ({
    organization_id: bundle.organization_id,
    bundle_id: bundle.id,
    position,
    binary_id: id,
    custom_metadata,
  }));
}

/** A bundle with its members as one JSON text, so that one query answers. */
type FullRow = BundleRow & { members: string };

interface ListedMember {
  position: number;
  binary: string;
  version: string;
  metadata: string | null;
}

const full = (db: Kysely<Tables>) =>
  db
    .selectFrom("bundles")
    .selectAll("bundles")
    .select(
      sql<string>`(
        select ${dialectOf(db).jsonRows({
          position: sql`m.position`,
          binary: sql`m.binary_id`,
          version: sql`b.artifact_version_id`,
          metadata: sql`m.custom_metadata`,
        })}
        from bundle_binaries m
        join binaries b on b.organization_id = m.organization_id and b.id = m.binary_id
        where m.organization_id = bundles.organization_id and m.bundle_id = bundles.id
      )`.as("members"),
    );

const columns: SearchColumns = {
  ...commonColumns("bundles", "bundle"),
  name: { column: "bundles.name" },
  hash: { column: "bundles.hash", holds: "hash" },
};

export function listBundles({ db }: Platform, principal: Principal, request: ListQuery, version: BundleVersion) {
  const list = { table: "bundles", keys: searchKeys.bundles, columns } as const;
  return listOwn(db, full(db), list, principal.organizationId, request, (row) => show(row, version));
}

/** @throws ApiError 404 */
export function getBundle({ db }: Platform, owner: Owner, prn: string, version: BundleVersion): Promise<Bundle> {
  return readBundle(db, owner, ownId(owner, prn, "bundle"), version);
}

async function readBundle(
  db: Kysely<Tables>,
  { organizationId }: Owner,
  id: string,
  version: BundleVersion,
): Promise<Bundle> {
  const row = await full(db).where("organization_id", "=", organizationId).where("id", "=", id).executeTakeFirst();
  if (!row) throw notFound("bundle", resourcePrn(organizationId, "bundle", id));
  return show(row, version);
}

/** A new name; all else is for good. @throws ApiError 404 */
export async function updateBundle(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateBundle,
  version: BundleVersion,
): Promise<Bundle> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "bundles", prn);
    return updateOwn(transaction, { by: principal, clock }, "bundles", before, { name: body.name });
  });
  return readBundle(db, principal, row.id, version);
}

/** @throws ApiError 404; 409 that names releases and overrides that use it */
export async function deleteBundle({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "bundles", prn);
    const users = await usersOf(transaction, row);
    if (users.length > 0) {
      throw new ApiError("conflict", `the bundle is used by ${users.join(", ")}; delete what uses it first`);
    }
    await deleteOwn(transaction, { by: principal, clock }, "bundles", row);
  });
}

/** Users of a kind that a refusal names. */
const maxNamed = 10;

async function usersOf(transaction: Transaction<Tables>, bundle: BundleRow): Promise<string[]> {
  const using = (table: "releases" | "bundle_overrides") =>
    transaction
      .selectFrom(table as "releases")
      .select("id")
      .where("organization_id", "=", bundle.organization_id)
      .where("bundle_id", "=", bundle.id)
      .orderBy("inserted_at", "desc")
      .limit(maxNamed)
      .execute();
  const releases = await using("releases");
  const overrides = await using("bundle_overrides");
  return [
    ...releases.map(({ id }) => `'${resourcePrn(bundle.organization_id, "release", id)}'`),
    ...overrides.map(({ id }) => `'${resourcePrn(bundle.organization_id, "bundle_override", id)}'`),
  ];
}

function show(row: FullRow, version: BundleVersion): Bundle {
  const members = (JSON.parse(row.members) as ListedMember[]).sort((a, b) => a.position - b.position);
  const common = {
    prn: resourcePrn(row.organization_id, "bundle", row.id),
    organization_prn: organizationPrn(row.organization_id),
    name: row.name,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
  if (version === 1) {
    const versions = [...new Set(members.map((member) => member.version))];
    return {
      ...common,
      artifact_versions: versions.map((id) => resourcePrn(row.organization_id, "artifact_version", id)),
    };
  }
  const binaries = members.map(({ binary, metadata }) => ({
    prn: resourcePrn(row.organization_id, "binary", binary),
    custom_metadata: showMetadata(metadata),
  }));
  return { ...common, binaries, hash: row.hash };
}
