import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import { exportTrail } from "./audit-export.ts";
import { signedHead } from "./audit-head.ts";
import { getAuditLog, listAuditLogs } from "./audit-logs.ts";
import { listEvents } from "./list-events.ts";

export function activityRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.listEvents, async ({ principal, query }) => {
    const { items, nextPage } = await listEvents(platform, principal, query);
    return { events: items, next_page: nextPage };
  });

  serve(app, contract.listAuditLogs, async ({ principal, query }) => {
    const { items, nextPage } = await listAuditLogs(platform, principal, query);
    return { audit_logs: items, next_page: nextPage };
  });
  serve(app, contract.getAuditLog, async ({ principal, params }) => ({
    audit_log: await getAuditLog(platform, principal, params.prn),
  }));
  serve(app, contract.getAuditHead, async ({ principal }) => ({
    audit_head: await signedHead(platform, principal.organizationId),
  }));
  serve(app, contract.exportAuditLogs, async ({ principal, query, reply }) => {
    const { type, lines } = await exportTrail(platform, principal, query);
    return reply.type(type).header("content-disposition", `attachment; filename="audit.${query.format}"`).send(lines);
  });
}
