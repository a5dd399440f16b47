import { getBinaryStatistics } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import { binaryStatistics } from "./read.ts";

export function statisticsRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, getBinaryStatistics, async ({ principal, params, query }) => ({
    statistics: await binaryStatistics(platform, principal, params.prn, query),
  }));
}
