import { resourcePrn } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import { announcing } from "../../activity/announcing.ts";
import type { CaCertificateRow, Tables } from "../../database/tables.ts";
import { originFrom } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { deviceFacts, findEventDevices } from "../device-events.ts";
import type { RefusalReason } from "../fleet/provision.ts";
import type { Certificate } from "../fleet/x509.ts";

interface Refused {
  request: FastifyRequest;
  authority: CaCertificateRow;
  certificate: Certificate;
  reason: RefusalReason;
  /** As the tables hold it. */
  now: string;
}

export type Refusals = ReturnType<typeof trackRefusals>;

/** Milliseconds for which the same certificate is not told of again for the same reason. */
const told = 3_600_000;
/** Certificates that are remembered. */
const maxRemembered = 10_000;

/**
 * Tells whom an authority's organization turned away: `device.authentication_failed`, once an hour for each certificate
 * and reason, since a device asks as often as it is refused. Whose certificate no registered authority signed is nobody's
 * business: only the log has it.
 */
export function trackRefusals({ db, clock }: Pick<Platform, "db" | "clock">) {
  const remembered = new Map<string, number>();

  return {
    /** Resolves when it is durable. */
    async tell({ request, authority, certificate, reason, now: at }: Refused): Promise<void> {
      const organizationId = authority.organization_id;
      const key = `${organizationId} ${certificate.fingerprint} ${reason}`;
      const now = clock.now().getTime();
      if (now < (remembered.get(key) ?? 0)) return;
      if (remembered.size >= maxRemembered) remembered.clear();
      const origin = originFrom(request);
      await announcing(db, organizationId, "device.authentication_failed", async (transaction, announce) => {
        const device = await deviceNamed(transaction, organizationId, certificate.common_name);
        const { authority_key_id, common_name, fingerprint } = certificate;
        await announce([
          {
            organizationId,
            by: { actor: null, name: common_name ?? fingerprint, origin },
            type: "device",
            subtype: "authentication_failed",
            resource: device?.prn ?? resourcePrn(organizationId, "ca_certificate", authority.id),
            data: {
              reason,
              ip_address: origin.address,
              certificate: { authority_key_identifier: authority_key_id, common_name, fingerprint },
              ca_certificate: { common_name: authority.common_name, fingerprint: authority.fingerprint },
              device,
            },
            at,
          },
        ]);
      });
      remembered.set(key, now + told);
    },
  };
}

/** The device that a certificate's name is, if there is one. */
async function deviceNamed(transaction: Kysely<Tables>, organizationId: string, name: string | null) {
  const row = await transaction
    .selectFrom("devices")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("identifier", "=", name)
    .executeTakeFirst();
  if (!row) return null;
  return deviceFacts((await findEventDevices(transaction, organizationId, [row.id])).get(row.id)!);
}
