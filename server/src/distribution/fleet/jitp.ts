import { invalid, type Jitp, type JitpInput, notFound, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { findOwn } from "../../database/own-row.ts";
import type { CaCertificateRow, ProductRow, Tables } from "../../database/tables.ts";
import type { Principal } from "../../http/principal.ts";
import { findCohortOf } from "./cohorts.ts";
import { requireOpen } from "./products.ts";
import { showTags, storeTags } from "./tags.ts";

type JitpColumns = Pick<CaCertificateRow, Extract<keyof CaCertificateRow, `jitp_${string}`>>;

/** Just-in-time provisioning switched off. */
const off: JitpColumns = {
  jitp_product_id: null,
  jitp_cohort_id: null,
  jitp_description: null,
  jitp_tags: null,
  jitp_target: null,
  jitp_second_certificate: 0,
};

/** What devices get, as the tables hold it; all of it is replaced. @throws ApiError 404, 422 for references that don't fit */
export async function readJitp(
  db: Kysely<Tables>,
  principal: Principal,
  input: JitpInput | null,
): Promise<JitpColumns> {
  if (input === null) return off;
  const product = await namedProduct(db, principal, input);
  const cohort = input.cohort_prn ?? null;
  return {
    jitp_product_id: product.id,
    jitp_cohort_id: cohort && (await findCohortOf(db, principal, product.id, "jitp.cohort_prn", cohort)),
    jitp_description: input.description ?? null,
    jitp_tags: storeTags(input.tags ?? null),
    jitp_target: input.target ?? null,
    jitp_second_certificate: input.allow_second_certificate ? 1 : 0,
  };
}

async function namedProduct(
  db: Kysely<Tables>,
  principal: Principal,
  { product_prn: prn, product_name: name }: JitpInput,
): Promise<ProductRow> {
  if (prn === undefined && name === undefined) {
    throw invalid("jitp.product_prn", "is required, or jitp.product_name in its place");
  }
  const byPrn = prn === undefined ? undefined : await findOwn(db, principal, "products", prn);
  const byName = name === undefined ? undefined : await productNamed(db, principal, name);
  if (byPrn && byName && byPrn.id !== byName.id) {
    throw invalid("jitp.product_name", `names another product than jitp.product_prn, whose name is '${byPrn.name}'`);
  }
  return byPrn ? requireOpen("jitp.product_prn", byPrn) : requireOpen("jitp.product_name", byName!);
}

async function productNamed(db: Kysely<Tables>, { organizationId }: Principal, name: string): Promise<ProductRow> {
  const row = await db
    .selectFrom("products")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("name", "=", name)
    .executeTakeFirst();
  if (!row) throw notFound("product with the name", name);
  return row;
}

/** @param productName of the product of these columns; null for none */
export function showJitp(organizationId: string, columns: JitpColumns, productName: string | null): Jitp | null {
  if (columns.jitp_product_id === null || productName === null) return null;
  return {
    description: columns.jitp_description,
    product_prn: resourcePrn(organizationId, "product", columns.jitp_product_id),
    product_name: productName,
    cohort_prn: columns.jitp_cohort_id && resourcePrn(organizationId, "cohort", columns.jitp_cohort_id),
    tags: showTags(columns.jitp_tags),
    target: columns.jitp_target,
    allow_second_certificate: columns.jitp_second_certificate === 1,
  };
}
