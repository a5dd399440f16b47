import { ApiError, organizationPrn, parsePrn } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { record } from "./record.ts";

/** Writes into the trail what a known caller asked for and was not allowed. */
export function recordRefusals(app: FastifyInstance, { db, clock }: Platform): void {
  app.addHook("onError", async (request, _reply, error) => {
    const { principal } = request;
    if (!principal || !(error instanceof ApiError) || error.status !== 403) return;
    const refusal = {
      organizationId: principal.organizationId,
      by: principal,
      type: "request",
      subtype: "refused",
      resource: ownResource(request, principal),
      after: { method: request.method, route: request.routeOptions.url ?? null, detail: error.message },
      result: "denied",
      at: timestamp(clock.now()),
    } as const;
    await changing(db, principal.organizationId, (transaction) => record(transaction, refusal)).catch((err) =>
      request.log.error({ err }, "a refusal is missing in the trail"),
    );
  });
}

/** What was asked for, when it is the caller's; the organization otherwise. */
function ownResource(request: FastifyRequest, { organizationId }: Principal): string {
  const { prn } = (request.params ?? {}) as { prn?: string };
  const parsed = prn === undefined ? null : parsePrn(prn);
  const own = parsed?.kind === "resource" && parsed.organizationId === organizationId;
  return own ? prn! : organizationPrn(organizationId);
}
