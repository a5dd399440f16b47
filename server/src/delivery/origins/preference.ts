import type { FastifyRequest } from "fastify";
import { originOf } from "../../http/origin.ts";
import type { Origin, Preference, Where } from "./origin.ts";

/**
 * Origins in the order in which a client should try them: those of its region first; among these, and among the others,
 * those that it measured, the fastest first; else as they are declared. Of two regions the one that a proxy names counts,
 * unless no origin is there. Names that no origin has say nothing.
 */
export function byPreference(origins: readonly Origin[], { header, reported, measured }: Preference): Origin[] {
  const region = [header, reported]
    .map((name) => name?.toLowerCase())
    .find((name) => name !== undefined && origins.some(({ regions }) => regions.includes(name)));
  const isElsewhere = ({ regions }: Origin): number => (region !== undefined && !regions.includes(region) ? 1 : 0);
  const speed = ({ name }: Origin): number => (measured.includes(name) ? measured.indexOf(name) : measured.length);
  return origins.toSorted((a, b) => isElsewhere(a) - isElsewhere(b) || speed(a) - speed(b));
}

/**
 * Where the client of a request is, by its headers: `peridio-region`, `peridio-origins: eu, us`, and the one that the
 * settings name. Whoever lies in them gets another order of the same links.
 * @param header in small letters; "" for none
 */
export function whereOf(request: FastifyRequest, header: string): Where {
  const said = (name: string): string | null => request.headers[name]?.toString().trim() || null;
  return {
    server: originOf(request),
    address: request.ip,
    header: header === "" ? null : said(header),
    reported: said("peridio-region"),
    measured: said("peridio-origins")?.split(/[\s,]+/) ?? [],
  };
}
