import proxyAddr from "@fastify/proxy-addr";
import { ApiError } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import type { Config } from "../../config.ts";
import { prepared } from "../../database/prepared.ts";
import type { Tables } from "../../database/tables.ts";
import type { CallingDevice } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { admitUnknown } from "./admit.ts";
import { findPresented, type Presented } from "./presented.ts";

/** @throws Error that names the setting, where devices could call and nobody could be recognised */
export function requireRecognition({ devicePort, deviceTlsCert, deviceCertHeader, trustedProxies }: Config): void {
  if (deviceCertHeader !== null && trustedProxies.length === 0) {
    throw new Error(
      `PERIDIO_DEVICE_CERT_HEADER=${deviceCertHeader} needs PERIDIO_TRUSTED_PROXIES, from which alone it counts`,
    );
  }
  if (devicePort === null) {
    if (deviceTlsCert !== "") throw new Error("PERIDIO_DEVICE_TLS_CERT needs PERIDIO_DEVICE_PORT, where it is shown");
  } else if (deviceTlsCert === "" && deviceCertHeader === null) {
    throw new Error(
      `PERIDIO_DEVICE_PORT=${devicePort} needs PERIDIO_DEVICE_TLS_CERT and PERIDIO_DEVICE_TLS_KEY, or PERIDIO_DEVICE_CERT_HEADER: else no device could be recognised`,
    );
  }
}

/** Certificates that no device has, for as long as their request lives. */
const unknown = new WeakMap<FastifyRequest, Presented>();

/**
 * Sets `request.device` on every request that comes with the certificate of a device. The certificate's row is asked for each
 * time: one that is deleted counts no more, from that moment on and in every process.
 */
export function recogniseDevices(app: FastifyInstance, { db, config }: Platform): void {
  const { trustedProxies, deviceCertHeader } = config;
  const trust = proxyAddr.compile(trustedProxies);
  const find = findPresented(deviceCertHeader, (address) => trustedProxies.length > 0 && trust(address, 0));
  app.addHook("onRequest", (request, _reply, done) => {
    const presented = find(request.raw);
    if (presented === null) return done();
    const recognise = ([row]: readonly Row[]) => {
      if (row) request.device = callerOf(row.organization_id, row.device_id, presented);
      else unknown.set(request, presented);
      done();
    };
    const rows = deviceByFingerprint(db, presented.fingerprint);
    if (Array.isArray(rows)) return recognise(rows);
    rows.then(recognise, done);
  });
}

/** Fingerprints are unique among all organizations. */
const deviceByFingerprint = prepared(
  (db: Kysely<Tables>, fingerprint: string) =>
    db
      .selectFrom("device_certificates")
      .select(["organization_id", "device_id"])
      .where("fingerprint", "=", fingerprint),
  { remember: false },
);

type Row = Awaited<ReturnType<typeof deviceByFingerprint>>[number];

/**
 * Lets in who comes with an unknown certificate of a known authority; it stands behind the limit of rates, since checking
 * a certificate costs more than anything that is asked for.
 * @throws ApiError 401 that says why not
 */
export function admitNewDevices(app: FastifyInstance, platform: Platform): void {
  app.addHook("onRequest", async (request) => {
    const presented = unknown.get(request);
    if (!presented) return;
    const admitted = await admitUnknown(platform, request, presented);
    if ("refused" in admitted) throw new ApiError("unauthenticated", admitted.refused);
    request.device = callerOf(admitted.device.organization_id, admitted.device.id, presented);
  });
}

function callerOf(organizationId: string, deviceId: string, presented: Presented): CallingDevice {
  return { organizationId, deviceId, fingerprint: presented.fingerprint, connection: presented.connection };
}
