import { X509Certificate } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { DeviceRow } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { originFrom } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { findAuthority } from "../fleet/authorities.ts";
import { provision, type RefusalReason } from "../fleet/provision.ts";
import { describeCertificate } from "../fleet/x509.ts";
import type { Presented } from "./presented.ts";

/** Certificates of a chain that are looked at. */
const maxChain = 10;

/** What the device is told; the event has the reason in one word. */
const explanations: Record<RefusalReason, string> = {
  jitp_disabled: "its authority is registered, but brings no new devices",
  multi_cert_jitr_disabled: "there is a device of this name already, which has another certificate",
  jitp_failed: "no device could be made of it: it or its authority is expired, or it names no device",
  device_is_archived: "the product of its devices is archived",
};

/** The device that was made of an unknown certificate, or why there is none. */
export async function admitUnknown(
  platform: Platform,
  request: FastifyRequest,
  presented: Presented,
): Promise<{ device: DeviceRow } | { refused: string }> {
  const now = timestamp(platform.clock.now());
  const chain = readChain([presented.leaf, ...presented.others().slice(0, maxChain)]);
  const authority = chain && (await findAuthority(platform.db, chain, now));
  if (!authority) {
    const { fingerprint } = presented;
    request.log.info({ fingerprint }, "a certificate that nobody registered");
    return {
      refused: `this certificate (SHA-256 ${fingerprint}) is not registered, nor is an authority that signed it`,
    };
  }
  const certificate = describeCertificate(chain[0]!);
  const outcome = await provision(platform, authority, certificate, originFrom(request));
  if ("device" in outcome) return outcome;
  await platform.devices.refusals.tell({ request, authority, certificate, reason: outcome.refused, now });
  return { refused: `this certificate is not registered: ${explanations[outcome.refused]} (${outcome.refused})` };
}

/** The certificates, the device's own first; null when that one is none. */
function readChain([leaf, ...others]: Buffer[]): [X509Certificate, ...X509Certificate[]] | null {
  const own = parse(leaf!);
  return own && [own, ...others.flatMap((der) => parse(der) ?? [])];
}

/** Null for what is no certificate, and for what can't be read as one of RFC 5280. */
function parse(der: Buffer): X509Certificate | null {
  try {
    const certificate = new X509Certificate(der);
    describeCertificate(certificate);
    return certificate;
  } catch {
    return null;
  }
}
