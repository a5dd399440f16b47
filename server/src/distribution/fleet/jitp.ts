import { invalid, type JitpInput } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { findOwn } from "../../database/own-row.ts";
import type { CaCertificateRow, ProductRow, Tables } from "../../database/tables.ts";
import type { Principal } from "../../http/principal.ts";
import { readPlace } from "./place.ts";
import { storeTags } from "./tags.ts";

type Columns = Pick<CaCertificateRow, Extract<keyof CaCertificateRow, `jitp_${string}`>>;

export const noJitp: Columns = {
  jitp_product_id: null,
  jitp_cohort_id: null,
  jitp_description: null,
  jitp_tags: null,
  jitp_target: null,
  jitp_second_certificate: 0,
};

/** Just-in-time provisioning as the table holds it. @throws ApiError 404; 422 on the field that is wrong */
export async function readJitp(db: Kysely<Tables>, principal: Principal, jitp: JitpInput): Promise<Columns> {
  const product = await namedProduct(db, principal, jitp);
  const place = await readPlace(db, principal, product, jitp.cohort_prn ?? null, "jitp.");
  return {
    jitp_product_id: place.product_id,
    jitp_cohort_id: place.cohort_id,
    jitp_description: jitp.description ?? null,
    jitp_tags: storeTags(jitp.tags),
    jitp_target: jitp.target ?? null,
    jitp_second_certificate: jitp.allow_second_certificate ? 1 : 0,
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
  if (name === undefined) return byPrn!;
  if (byPrn) {
    if (byPrn.name === name) return byPrn;
    throw invalid("jitp.product_name", `names another product than jitp.product_prn, which is '${byPrn.name}'`);
  }
  const byName = await db
    .selectFrom("products")
    .selectAll()
    .where("organization_id", "=", principal.organizationId)
    .where("name", "=", name)
    .executeTakeFirst();
  if (!byName) throw invalid("jitp.product_name", `must name a product of this organization; got '${name}'`);
  return byName;
}
