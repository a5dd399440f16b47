import {
  ApiError,
  type Bundle,
  type CreateBundle,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateBundle,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { deleteOwn, insertOwn, updateOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import { listOwn } from "../../database/lists.ts";
import { showMetadata } from "../../database/metadata.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { BundleRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { type Member, manifestHash, readMembers } from "./members.ts";

/** Of `x-api-version`: in which of its two shapes a bundle is answered. */
export type BundleShape = 1 | 2;

/**
 * A bundle of signed binaries, for good. The same members, metadata and name again are the same bundle, unless the caller
 * chose an id. @throws ApiError 404, 409, 422: see `readMembers`; 422 on `id` when it is taken
 */
export async function createBundle(
  { db, clock }: Platform,
  principal: Principal,
  shape: BundleShape,
  body: CreateBundle,
): Promise<Bundle> {
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const members = await readMembers(transaction, principal, body);
    const row: BundleRow = {
      organization_id: principal.organizationId,
      id: body.id?.toLowerCase() ?? uuidv7(),
      name: body.name ?? null,
      hash: manifestHash(members),
      inserted_at: now,
      updated_at: now,
    };
    const same = body.id === undefined ? await findSame(transaction, row) : undefined;
    if (same) return same;
    await insertOwn(transaction, principal, "bundles", row);
    await insertMembers(transaction, row, members);
    return row;
  }).catch((error) => {
    if (!isTaken(error, "bundles.id")) throw error;
    throw invalid("id", `is taken by another bundle; got '${body.id}'`);
  });
  const [bundle] = await withMembers(db, shape, [row]);
  return bundle!;
}

function findSame(db: Kysely<Tables>, { organization_id, hash, name }: BundleRow): Promise<BundleRow | undefined> {
  return db
    .selectFrom("bundles")
    .selectAll()
    .where("organization_id", "=", organization_id)
    .where("hash", "=", hash)
    .where("name", name === null ? "is" : "=", name)
    .orderBy("inserted_at")
    .limit(1)
    .executeTakeFirst();
}

/** Rows of one insert, so that their values are fewer than a statement may have. */
const insertedAtOnce = 500;

async function insertMembers(db: Kysely<Tables>, bundle: BundleRow, members: readonly Member[]): Promise<void> {
  const rows = members.map(({ binary, customMetadata }, position) => ({
    organization_id: bundle.organization_id,
    bundle_id: bundle.id,
    position,
    binary_id: binary.id,
    custom_metadata: customMetadata,
  }));
  for (let at = 0; at < rows.length; at += insertedAtOnce) {
    await db
      .insertInto("bundle_binaries")
      .values(rows.slice(at, at + insertedAtOnce))
      .execute();
  }
}

const columns: SearchColumns = {
  ...commonColumns("bundles", "bundle"),
  name: { column: "bundles.name" },
  hash: { column: "bundles.hash", holds: "hash" },
};

export async function listBundles({ db }: Platform, principal: Principal, shape: BundleShape, request: ListQuery) {
  const rows = db.selectFrom("bundles").selectAll();
  const list = { table: "bundles", keys: searchKeys.bundles, columns } as const;
  const page = await listOwn(db, rows, list, principal.organizationId, request, (row) => row);
  return { items: await withMembers(db, shape, page.items), nextPage: page.nextPage };
}

export async function getBundle(
  { db }: Platform,
  principal: Principal,
  shape: BundleShape,
  prn: string,
): Promise<Bundle> {
  const [bundle] = await withMembers(db, shape, [await findOwn(db, principal, "bundles", prn)]);
  return bundle!;
}

export async function updateBundle(
  { db, clock }: Platform,
  principal: Principal,
  shape: BundleShape,
  prn: string,
  body: UpdateBundle,
): Promise<Bundle> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "bundles", prn);
    const fields = body.name === undefined ? {} : { name: body.name };
    return updateOwn(transaction, { by: principal, clock }, "bundles", before, fields);
  });
  const [bundle] = await withMembers(db, shape, [row]);
  return bundle!;
}

/** @throws ApiError 409 while a release or an override uses it. */
export async function deleteBundle({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "bundles", prn);
    const user = await findUser(transaction, row);
    if (user) throw new ApiError("conflict", `'${user}' uses the bundle; delete or change that first`);
    await deleteOwn(transaction, { by: principal, clock }, "bundles", row);
  });
}

/** The PRN of a release or an override that puts the bundle before devices. */
async function findUser(db: Kysely<Tables>, bundle: BundleRow): Promise<string | undefined> {
  for (const [table, type] of [
    ["releases", "release"],
    ["bundle_overrides", "bundle_override"],
  ] as const) {
    const user = await db
      .selectFrom(table)
      .select("id")
      .where("organization_id", "=", bundle.organization_id)
      .where("bundle_id", "=", bundle.id)
      .limit(1)
      .executeTakeFirst();
    if (user) return resourcePrn(bundle.organization_id, type, user.id);
  }
  return undefined;
}

/** Bundles as they are answered, however many: their members are read in one query. */
async function withMembers(db: Kysely<Tables>, shape: BundleShape, rows: BundleRow[]): Promise<Bundle[]> {
  if (rows.length === 0) return [];
  const organizationId = rows[0]!.organization_id;
  const members = await db
    .selectFrom("bundle_binaries")
    .innerJoin("binaries", (join) =>
      join
        .onRef("binaries.organization_id", "=", "bundle_binaries.organization_id")
        .onRef("binaries.id", "=", "bundle_binaries.binary_id"),
    )
    .select([
      "bundle_binaries.bundle_id",
      "bundle_binaries.binary_id",
      "bundle_binaries.custom_metadata",
      "binaries.artifact_version_id",
    ])
    .where("bundle_binaries.organization_id", "=", organizationId)
    .where(
      "bundle_binaries.bundle_id",
      "in",
      rows.map(({ id }) => id),
    )
    .orderBy("bundle_binaries.bundle_id")
    .orderBy("bundle_binaries.position")
    .execute();
  const byBundle = Map.groupBy(members, ({ bundle_id }) => bundle_id);
  const version = (id: string) => resourcePrn(organizationId, "artifact_version", id);
  return rows.map((row) => {
    const own = byBundle.get(row.id) ?? [];
    return {
      prn: resourcePrn(organizationId, "bundle", row.id),
      organization_prn: organizationPrn(organizationId),
      name: row.name,
      ...(shape === 1
        ? { artifact_versions: [...new Set(own.map(({ artifact_version_id }) => version(artifact_version_id)))] }
        : {
            binaries: own.map(({ binary_id, custom_metadata }) => ({
              prn: resourcePrn(organizationId, "binary", binary_id),
              custom_metadata: showMetadata(custom_metadata),
            })),
            hash: row.hash,
          }),
      inserted_at: row.inserted_at,
      updated_at: row.updated_at,
    };
  });
}
