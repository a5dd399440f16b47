import { ApiError } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Platform } from "../platform.ts";

/** `/healthz`: the process answers. `/readyz`: it can also reach its database and its content, and isn't stopping. */
export function healthRoutes(app: FastifyInstance, { db, stores, log, draining }: Platform): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async () => {
    if (draining.aborted) throw new ApiError("unavailable", "this server is stopping; ask another one");
    try {
      await sql`select 1`.execute(db);
      await stores.own.check();
      return { status: "ok" };
    } catch (error) {
      log.error({ err: error }, "not ready");
      throw new ApiError("unavailable", "the database or the content store can't be reached; the log says which");
    }
  });
}
