import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import type { Linked } from "../delivery/admission.ts";
import { sendLinked } from "../delivery/linked-content.ts";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as deltas from "./deltas.ts";
import { deltaRoute, findReady } from "./offer.ts";

export function deltaRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createDeltas, ({ principal, body }) => deltas.createDeltas(platform, principal, body));
  serve(app, contract.listDeltas, async ({ principal, query }) => {
    const { items, nextPage } = await deltas.listDeltas(platform, principal, query);
    return { deltas: items, next_page: nextPage };
  });
  serve(app, contract.getDelta, async ({ principal, params }) => ({
    delta: await deltas.getDelta(platform, principal, params.prn),
  }));
  serve(app, contract.deleteDelta, async ({ principal, params }) => {
    await deltas.deleteDelta(platform, principal, params.prn);
  });
}

interface LinkParams extends Linked {
  delta: string;
  hash: string;
}

/** `/cdn/deltas/…`: for who holds a link. It counts, and stands in the trail, as a download of the binary that it makes. */
export function deltaLinkRoutes(app: FastifyInstance, platform: Platform): void {
  app.route<{ Params: LinkParams }>({
    method: ["GET", "HEAD"],
    url: deltaRoute,
    handler: (request, reply) => {
      const { organization, delta, hash } = request.params;
      let wholeSize = 0;
      let size = 0;
      const find = async () => {
        const found = await findReady(platform.db, organization, delta);
        if (found?.content.hash !== hash) return null;
        ({ wholeSize } = found);
        ({ size } = found.content);
        return found.content;
      };
      return sendLinked(platform, request, reply, request.params, find, (bytes) =>
        platform.deltaSavings.count(organization, delta, bytes, size, wholeSize),
      );
    },
  });
}
