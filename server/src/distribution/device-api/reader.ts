import { deltaAlgorithms } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import { whereOf } from "../../delivery/origins/preference.ts";
import type { Holdings } from "../../deltas/offer.ts";
import { deviceLinkMaker } from "../../http/link-maker.ts";
import type { Platform } from "../../platform.ts";
import type { Reader } from "./manifest.ts";

/** Whether the official agent asks: `peridiod/3.4.1 (…)`. */
export function isPeridiod({ headers }: FastifyRequest): boolean {
  return /^peridiod\//i.test(headers["user-agent"] ?? "");
}

export function readerOf({ config }: Platform, request: FastifyRequest): Reader {
  const asker = { maker: deviceLinkMaker(request.device!), where: whereOf(request, config.regionHeader) };
  return { asker, isPeridiod: isPeridiod(request) };
}

/** Hashes that one device may name. */
const maxHeld = 64;

/**
 * What a device says that it holds, by `peridio-holds`, and can apply, by `peridio-delta-algorithms`; null when it says
 * nothing. The official agent is never understood so: it dies of keys that it doesn't know.
 */
export function holdingsOf(request: FastifyRequest): Holdings | null {
  const words = (name: string) =>
    request.headers[name]
      ?.toString()
      .toLowerCase()
      .split(/[\s,]+/) ?? null;
  const held = words("peridio-holds");
  if (held === null || isPeridiod(request)) return null;
  const known = words("peridio-delta-algorithms");
  return {
    hashes: held.filter((word) => /^[0-9a-f]{64}$/.test(word)).slice(0, maxHeld),
    algorithms: known && deltaAlgorithms.filter((name) => known.includes(name)),
  };
}
