import { PassThrough } from "node:stream";
import * as contract from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { findCaller } from "../accounts/authenticate.ts";
import type { Principal } from "../http/principal.ts";
import { serve } from "../http/serve.ts";
import { findPerson } from "../people/sessions.ts";
import type { Platform } from "../platform.ts";
import { openFeeds } from "./feeds.ts";
import { positionOf } from "./positions.ts";
import { streamEvents } from "./stream.ts";

/** Streams that one key or session may have open at this process. */
const maxStreams = 20;

export function liveRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, log, draining: ending } = platform;
  const feeds = openFeeds({ db, log });
  app.addHook("onClose", async () => feeds.stop());
  const open = new Map<string, number>();

  serve(app, contract.streamEvents, async ({ principal, query, request, reply }) => {
    const { organizationId } = principal;
    if (ending.aborted) throw stopping();
    const last = lastEventId(request, query.last_event_id);
    const from = last === null ? null : await positionOf(db, organizationId, last);
    const release = take(open, `${principal.keyId ?? principal.sessionId}`);
    const output = new PassThrough();
    output.once("close", release);
    streamEvents(
      { db, feeds, ending },
      {
        organizationId,
        name: query.type ?? "",
        resource: query.resource_prn ?? null,
        from,
        isAllowed: () => isAllowed(platform, request, principal),
        output,
        behind: () => reply.raw.writableLength,
        drop() {
          request.log.info("a listener takes events too slowly, and has to come back");
          reply.raw.destroy();
          output.destroy();
        },
      },
    ).catch((error: Error) => {
      request.log.warn({ err: error }, "events can't be read for now; a listener has to come back");
      reply.raw.destroy();
      output.destroy();
    });
    // A proxy that collects answers would keep events back. Source: nginx's proxy_buffering.
    return reply.headers({ "content-type": "text/event-stream", "x-accel-buffering": "no" }).send(output);
  });
}

function stopping(): contract.ApiError {
  return new contract.ApiError("unavailable", "this server is about to stop; try again in a moment", {
    headers: { "retry-after": "1" },
  });
}

/** The header counts, which browsers send by themselves when they come back. @throws ApiError 400 */
function lastEventId(request: FastifyRequest, asked: string | undefined): string | null {
  const given = request.headers["last-event-id"] ?? asked;
  if (given === undefined || given === "") return null;
  if (typeof given === "string" && isUuid.test(given)) return given.toLowerCase();
  throw new contract.ApiError("invalid_parameter", `last-event-id must be the id of an event; got '${given}'`);
}

const isUuid = new RegExp(`^${contract.uuidPattern}$`);

/** Counts one more stream; returns what counts it less. @throws ApiError 429 */
function take(open: Map<string, number>, who: string): () => void {
  const before = open.get(who) ?? 0;
  if (before >= maxStreams) {
    const detail = `this key or session has ${maxStreams} streams open, which is the most; close one first`;
    throw new contract.ApiError("too_many_requests", detail, { headers: { "retry-after": "15" } });
  }
  open.set(who, before + 1);
  return () => {
    const left = open.get(who)! - 1;
    if (left === 0) open.delete(who);
    else open.set(who, left);
  };
}

/** Whether the same key or session is live still, and may read events of the same organization. */
async function isAllowed(platform: Platform, request: FastifyRequest, principal: Principal): Promise<boolean> {
  const now = principal.keyId === null ? await findPerson(platform, request) : await findCaller(platform, request);
  return now?.organizationId === principal.organizationId && contract.allows(now.scopes, "events:read");
}
