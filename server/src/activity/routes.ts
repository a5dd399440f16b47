import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import { getAuditLog, listAuditLogs } from "./audit-logs.ts";

export function activityRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.listAuditLogs, async ({ principal, query }) => {
    const { items, nextPage } = await listAuditLogs(platform, principal, query);
    return { audit_logs: items, next_page: nextPage };
  });
  serve(app, contract.getAuditLog, async ({ principal, params }) => ({
    audit_log: await getAuditLog(platform, principal, params.prn),
  }));
}
