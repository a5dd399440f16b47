import {
  ApiError,
  type CreateProduct,
  invalid,
  type ListQuery,
  organizationPrn,
  type Product,
  resourcePrn,
  searchKeys,
  type UpdateProduct,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { insertOwn, updateOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { ProductRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

export async function createProduct(
  { db, clock }: Platform,
  principal: Principal,
  body: CreateProduct,
): Promise<Product> {
  const now = timestamp(clock.now());
  const row: ProductRow = {
    organization_id: principal.organizationId,
    id: uuidv7(),
    name: body.name,
    archived: body.archived ? 1 : 0,
    inserted_at: now,
    updated_at: now,
  };
  await changing(db, principal.organizationId, async (transaction) => {
    await insertOwn(transaction, principal, "products", row);
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row);
}

const columns: SearchColumns = {
  ...commonColumns("products", "product"),
  name: { column: "products.name" },
  archived: { column: "products.archived", holds: "boolean" },
  deleted_at: { column: "products.id", holds: "nothing" },
};

export function listProducts({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "products", keys: searchKeys.products, columns } as const;
  return listOwn(db, db.selectFrom("products").selectAll(), list, principal.organizationId, request, show);
}

export async function getProduct({ db }: Platform, principal: Principal, prn: string): Promise<Product> {
  return show(await findOwn(db, principal, "products", prn));
}

/** @throws ApiError 409 when it is to be archived while it has devices. */
export async function updateProduct(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateProduct,
): Promise<Product> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "products", prn);
    if (body.archived && !before.archived) await requireNoDevices(transaction, before);
    return updateOwn(transaction, { by: principal, clock }, "products", before, {
      name: body.name,
      ...(body.archived !== undefined && { archived: body.archived ? 1 : 0 }),
    });
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row);
}

async function requireNoDevices(db: Kysely<Tables>, { organization_id, id }: ProductRow): Promise<void> {
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("organization_id", "=", organization_id)
    .where("product_id", "=", id)
    .executeTakeFirstOrThrow();
  if (Number(count) === 0) return;
  const devices = `${count} device${Number(count) === 1 ? "" : "s"}`;
  throw new ApiError("conflict", `the product can't be archived while it has ${devices}; move or delete them first`);
}

/** The product that a field names, which takes new things. @throws ApiError 404, 422 for an archived one */
export async function findOpenProduct(
  db: Kysely<Tables>,
  principal: Principal,
  field: string,
  prn: string,
): Promise<ProductRow> {
  return requireOpen(field, await findOwn(db, principal, "products", prn));
}

/** @throws ApiError 422 on `field` for an archived one */
export function requireOpen(field: string, row: ProductRow): ProductRow {
  if (!row.archived) return row;
  throw invalid(field, `names the product '${row.name}', which is archived`);
}

function explainTaken(error: unknown, body: { name?: string }): unknown {
  if (!isTaken(error, "products.name")) return error;
  return invalid("name", `is taken by another product; got '${body.name}'`);
}

function show(row: ProductRow): Product {
  return {
    prn: resourcePrn(row.organization_id, "product", row.id),
    organization_prn: organizationPrn(row.organization_id),
    name: row.name,
    archived: row.archived === 1,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
