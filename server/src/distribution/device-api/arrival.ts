import { ApiError } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import { timestamp } from "../../database/time.ts";
import { type CallingDevice, originFrom } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { type LoadedDevice, loadDevice } from "../resolution/load.ts";
import type { Reported } from "../resolvable.ts";
import { differs, keepReport } from "./reports.ts";
import { readStatement } from "./statement.ts";

const nothingSaid: Reported = { releaseId: null, bundleId: null, version: null };

/** A device that has come, and what it says of itself. */
export interface Arrival {
  caller: CallingDevice;
  device: LoadedDevice;
  reported: Reported;
  /** As the tables hold it. */
  now: string;
}

/**
 * What every call of a device does first: it shows that the device is there, and may say what the device runs. A device
 * that says the same as before costs one read.
 * @throws ApiError 401 for one that was deleted a moment ago
 */
export async function arrive(platform: Platform, request: FastifyRequest): Promise<Arrival> {
  const { db, clock, devices } = platform;
  const caller = request.device!;
  const at = clock.now();
  const now = timestamp(at);
  const device = await loadDevice(db, caller.organizationId, caller.deviceId, now);
  if (!device) throw new ApiError("unauthenticated", "the device of this certificate was deleted");
  const statement = readStatement(caller.organizationId, request.headers);
  const isNews = devices.lastSeen.note(device, at, now);
  if (connects(request, isNews)) {
    devices.sightings.note(caller.organizationId, "connected", () => ({
      deviceId: device.id,
      origin: originFrom(request),
      about: { fingerprint: caller.fingerprint },
      data: { ip_address: request.ip, route: request.routeOptions.url, headers: peridioHeaders(request) },
    }));
  }
  if (statement && differs(device, statement.said)) {
    await keepReport(platform, caller, { ...statement, origin: originFrom(request) });
  }
  return { caller, device, reported: statement?.reported ?? nothingSaid, now };
}

/** Connections on which a device was seen already. */
const greeted = new WeakSet<object>();

/** A device connects once for each connection of its own; behind a proxy, when it was not here for a minute. */
function connects({ device }: FastifyRequest, isNews: boolean): boolean {
  const connection = device!.connection;
  if (connection === null) return isNews;
  if (greeted.has(connection)) return false;
  greeted.add(connection);
  return true;
}

/** What the device says by this protocol's own headers; no others, which may hold secrets. */
function peridioHeaders({ headers }: FastifyRequest): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === "user-agent" || /^(x-)?peridio-/.test(name)),
  );
}
