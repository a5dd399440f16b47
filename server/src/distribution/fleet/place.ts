import { invalid } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { findOwn } from "../../database/own-row.ts";
import type { ProductRow, Tables } from "../../database/tables.ts";
import type { Principal } from "../../http/principal.ts";

/** Where a device belongs. */
export interface Place {
  product_id: string;
  cohort_id: string | null;
}

/**
 * Product and cohort, which belong together.
 * @param field names the fields that were sent, such as `jitp.`
 * @throws ApiError 404; 422 for an archived product, or a cohort of another one
 */
export async function readPlace(
  db: Kysely<Tables>,
  principal: Principal,
  product: ProductRow,
  cohortPrn: string | null,
  field = "",
): Promise<Place> {
  if (product.archived) throw invalid(`${field}product_prn`, `names the product '${product.name}', which is archived`);
  if (cohortPrn === null) return { product_id: product.id, cohort_id: null };
  const cohort = await findOwn(db, principal, "cohorts", cohortPrn);
  if (cohort.product_id === product.id) return { product_id: product.id, cohort_id: cohort.id };
  const problem = `must be of the product '${product.name}'; the cohort '${cohort.name}' is of another one`;
  throw invalid(`${field}cohort_prn`, problem);
}
