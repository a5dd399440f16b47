import {
  type Cohort,
  type CreateCohort,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
  type UpdateCohort,
} from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { insertOwn, updateOwn } from "../../activity/own-changes.ts";
import { isTaken } from "../../database/constraint.ts";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { CohortRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing } from "../../database/transaction.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

/** @throws ApiError 404 for the product; 422 when it is archived, or has a cohort of this name. */
export async function createCohort({ db, clock }: Platform, principal: Principal, body: CreateCohort): Promise<Cohort> {
  const now = timestamp(clock.now());
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const product = await findOwn(transaction, principal, "products", body.product_prn);
    if (product.archived) throw invalid("product_prn", `names the product '${product.name}', which is archived`);
    const row: CohortRow = {
      organization_id: principal.organizationId,
      id: uuidv7(),
      product_id: product.id,
      name: body.name,
      description: body.description ?? null,
      device_count: 0,
      quarantined_count: 0,
      inserted_at: now,
      updated_at: now,
    };
    await insertOwn(transaction, principal, "cohorts", row);
    return row;
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row);
}

const columns: SearchColumns = {
  ...commonColumns("cohorts", "cohort"),
  name: { column: "cohorts.name" },
  description: { column: "cohorts.description" },
  product_prn: { column: "cohorts.product_id", holds: "id", of: "product" },
};

export function listCohorts({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db.selectFrom("cohorts").selectAll();
  const list = { table: "cohorts", keys: searchKeys.cohorts, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

export async function getCohort({ db }: Platform, principal: Principal, prn: string): Promise<Cohort> {
  return show(await findOwn(db, principal, "cohorts", prn));
}

export async function updateCohort(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: UpdateCohort,
): Promise<Cohort> {
  const row = await changing(db, principal.organizationId, async (transaction) => {
    const before = await findOwn(transaction, principal, "cohorts", prn);
    const fields = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.description !== undefined && { description: body.description }),
    };
    return updateOwn(transaction, { by: principal, clock }, "cohorts", before, fields);
  }).catch((error) => {
    throw explainTaken(error, body);
  });
  return show(row);
}

function explainTaken(error: unknown, body: { name?: string }): unknown {
  if (!isTaken(error, "cohorts.name")) return error;
  return invalid("name", `is taken by another cohort of the product; got '${body.name}'`);
}

function show(row: CohortRow): Cohort {
  return {
    prn: resourcePrn(row.organization_id, "cohort", row.id),
    organization_prn: organizationPrn(row.organization_id),
    product_prn: resourcePrn(row.organization_id, "product", row.product_id),
    name: row.name,
    description: row.description,
    device_count: Number(row.device_count),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
