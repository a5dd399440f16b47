import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as moves from "./content-moves.ts";

export function moveRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createContentMove, async ({ principal, body }) => ({
    content_move: await moves.createMove(platform, principal, body),
  }));
  serve(app, contract.listContentMoves, async ({ principal, query }) => {
    const { items, nextPage } = await moves.listMoves(platform, principal, query);
    return { content_moves: items, next_page: nextPage };
  });
  serve(app, contract.getContentMove, async ({ principal, params }) => ({
    content_move: await moves.getMove(platform, principal, params.prn),
  }));
  serve(app, contract.pauseContentMove, async ({ principal, params }) => ({
    content_move: await moves.changeMove(platform, principal, params.prn, "paused"),
  }));
  serve(app, contract.resumeContentMove, async ({ principal, params }) => ({
    content_move: await moves.changeMove(platform, principal, params.prn, "running"),
  }));
  serve(app, contract.cancelContentMove, async ({ principal, params }) => ({
    content_move: await moves.changeMove(platform, principal, params.prn, "cancelled"),
  }));
}
