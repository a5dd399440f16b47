import {
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
  await changing(db, principal.organizationId, (transaction) =>
    insertOwn(transaction, principal, "products", row),
  ).catch((error) => {
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
  const rows = db.selectFrom("products").selectAll();
  const list = { table: "products", keys: searchKeys.products, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getProduct({ db }: Platform, principal: Principal, prn: string): Promise<Product> {
  return show(await findOwn(db, principal, "products", prn));
}

/** @throws ApiError 422 on `archived` while it has devices. */
export async function updateProduct(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateProduct,
): Promise<Product> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "products", prn);
    if (body.archived && !before.archived) await requireNoDevices(transaction, before);
    const fields = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.archived !== undefined && { archived: body.archived ? (1 as const) : (0 as const) }),
    };
    return updateOwn(transaction, { by: principal, clock }, "products", before, fields);
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row);
}

async function requireNoDevices(db: Kysely<Tables>, product: ProductRow): Promise<void> {
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("organization_id", "=", product.organization_id)
    .where("product_id", "=", product.id)
    .executeTakeFirstOrThrow();
  if (Number(count) > 0) {
    throw invalid("archived", `can't be true while the product has ${count} devices; delete them or move them first`);
  }
}

function explainTaken(error: unknown, body: { name?: string }): unknown {
  if (isTaken(error, "products.name")) return invalid("name", `is taken by another product; got '${body.name}'`);
  return error;
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
