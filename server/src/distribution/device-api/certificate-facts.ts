import type { Kysely } from "kysely";
import type { Tables } from "../../database/tables.ts";

interface CertificateFact {
  authority_key_identifier: string | null;
  common_name: string | null;
  fingerprint: string;
}

/** What events tell of a certificate and of the authority behind it. Source: the official webhooks reference. */
export interface CertificateFacts {
  certificate: CertificateFact | null;
  ca_certificate: Omit<CertificateFact, "authority_key_identifier"> | null;
}

/** Looks up registered certificates and the authorities whose key they name, all at once. */
export async function certificateFacts(
  db: Kysely<Tables>,
  organizationId: string,
  fingerprints: readonly string[],
): Promise<(fingerprint: string) => CertificateFacts> {
  const found = new Map<string, CertificateFacts>();
  if (fingerprints.length > 0) {
    const rows = await db
      .selectFrom("device_certificates as c")
      .leftJoin("ca_certificates as a", (join) =>
        join.onRef("a.organization_id", "=", "c.organization_id").onRef("a.subject_key_id", "=", "c.authority_key_id"),
      )
      .select(["c.fingerprint", "c.common_name", "c.authority_key_id"])
      .select(["a.fingerprint as ca_fingerprint", "a.common_name as ca_common_name"])
      .where("c.organization_id", "=", organizationId)
      .where("c.fingerprint", "in", [...new Set(fingerprints)])
      .execute();
    for (const row of rows) {
      const { fingerprint, common_name, authority_key_id, ca_fingerprint, ca_common_name } = row;
      found.set(fingerprint, {
        certificate: { authority_key_identifier: authority_key_id, common_name, fingerprint },
        ca_certificate: ca_fingerprint === null ? null : { common_name: ca_common_name, fingerprint: ca_fingerprint },
      });
    }
  }
  return (fingerprint) => found.get(fingerprint) ?? { certificate: null, ca_certificate: null };
}
