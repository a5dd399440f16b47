import { resourcePrn, userPrn } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import { type Author, type DeviceCaller, originFrom, type Principal } from "./principal.ts";

/** Who made a link, as it stands in the link's path: `k_` and the id of an API key, `u_` and that of a user, */
export function linkMaker(principal: Principal): string {
  return principal.keyId === null ? `u_${principal.userId}` : `k_${principal.keyId}`;
}

/** or `d_` and that of the device for which it was made. */
export function deviceLinkMaker({ deviceId }: DeviceCaller): string {
  return `d_${deviceId}`;
}

/** Whoever comes by a link acts for the one who made it. */
export function linkAuthor(request: FastifyRequest, organizationId: string, maker: string): Author {
  return { actor: makerPrn(organizationId, maker), name: "link", origin: originFrom(request) };
}

/** PRN of the key, the user or the device that a link's path names. */
export function makerPrn(organizationId: string, maker: string): string {
  const id = maker.slice(2);
  if (maker.startsWith("u_")) return userPrn(id);
  return resourcePrn(organizationId, maker.startsWith("d_") ? "device" : "api_key", id);
}
