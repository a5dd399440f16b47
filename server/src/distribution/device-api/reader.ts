import type { FastifyRequest } from "fastify";
import { whereOf } from "../../delivery/origins/preference.ts";
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
