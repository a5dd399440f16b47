import { listContentChecks } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";

export function checkRoutes(app: FastifyInstance, { db }: Platform): void {
  serve(app, listContentChecks, async ({ principal }) => {
    const content_checks = await db
      .selectFrom("content_checks")
      .select(["name", "started_at", "completed_at", "last_completed_at"])
      .orderBy("name")
      .execute();
    const { count } = await db
      .selectFrom("binaries")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("organization_id", "=", principal.organizationId)
      .where("quarantine", "is not", null)
      .executeTakeFirstOrThrow();
    return { content_checks, quarantined_binaries: Number(count) };
  });
}
