import type { X509Certificate } from "node:crypto";
import type { Kysely } from "kysely";
import type { CaCertificateRow, Tables } from "../../database/tables.ts";

/** The registered authorities, of any organization, that bear the name of a certificate's issuer: several may. */
export function findAuthorities(db: Kysely<Tables>, issuer: X509Certificate["issuer"]): Promise<CaCertificateRow[]> {
  return db.selectFrom("ca_certificates").selectAll().where("subject", "=", issuer).limit(maxNamesakes).execute();
}

/** Authorities of one name that are looked at. */
const maxNamesakes = 100;
