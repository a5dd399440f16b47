import { createHash } from "node:crypto";
import { ApiError, getOverview as getOverviewOperation } from "@open-peridio/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { evaluatePreconditions } from "../delivery/conditional.ts";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import { contentOrigins } from "./content-origins.ts";
import { chooseEncoding } from "./encoding.ts";
import { type ConsoleFile, consoleDirectory, readConsole } from "./files.ts";
import { getOverview } from "./overview.ts";
import { pagePolicy } from "./policy.ts";

const base = "/console/";

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>The console is not built</title>
<h1>The console is not built</h1>
<p>This server was built without it. Run <code>npm run build</code> in the checkout, then start the server again.</p>
<p>The pages of the API are at <a href="/docs">/docs</a>.</p></html>
`;

/** The console: the pages that a browser asks for at `/console/`, and the way there. */
export function consoleRoutes(app: FastifyInstance, platform: Platform): void {
  const files = readConsole(consoleDirectory);
  const connectable = contentOrigins(platform);
  app.get("/", async (_request, reply) => reply.redirect(base));
  app.route({
    method: ["GET", "HEAD"],
    url: "/console*",
    handler: async (request, reply) => {
      const path = request.url.split("?")[0]!;
      if (path === "/console") return reply.redirect(base, 308);
      if (!path.startsWith(base)) throw nothingAt(path);
      if (!files) return reply.code(404).type("text/html; charset=utf-8").send(notBuilt);
      const file = findFile(files, path.slice(base.length));
      if (!file) throw nothingAt(path);
      const isPage = file === files.get("index.html");
      // What is kept for a year can't follow the settings; only workers among the assets are asked what they may reach.
      const policy = pagePolicy(isPage ? await connectable(request.principal?.organizationId ?? null) : []);
      reply.header("content-security-policy", policy).header("cross-origin-opener-policy", "same-origin");
      return sendFile(request, reply, file, isPage ? policy : "");
    },
  });
}

function nothingAt(path: string): ApiError {
  return new ApiError("not_found", `there is nothing at ${path}`);
}

/** What the console's first page shows. */
export function overviewRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, getOverviewOperation, async ({ principal }) => ({ overview: await getOverview(platform, principal) }));
}

/** A path that is no file's is one of the console's own addresses: its script shows what is there. */
function findFile(files: ReadonlyMap<string, ConsoleFile>, path: string): ConsoleFile | undefined {
  const file = files.get(path);
  if (file) return file;
  const isAsset = path.startsWith("assets/") || /\.[^/]*$/.test(path);
  return isAsset ? undefined : files.get("index.html");
}

/** @param varying what else of the answer a cached one must not be missing */
async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: ConsoleFile,
  varying: string,
): Promise<FastifyReply> {
  const wanted = chooseEncoding(request.headers["accept-encoding"]);
  const encoded = wanted && (await file.encoded(wanted));
  const variant = [
    file.digest,
    ...(varying === "" ? [] : [createHash("sha256").update(varying).digest("base64url").slice(0, 16)]),
    ...(encoded ? [wanted] : []),
  ];
  const etag = `"${variant.join("-")}"`;
  reply.headers({
    etag,
    vary: [reply.getHeader("vary"), "Accept-Encoding"].filter(Boolean).join(", "),
    "cache-control": file.hashed ? "public, max-age=31536000, immutable" : "private, no-cache",
    ...(encoded && { "content-encoding": wanted }),
  });
  const verdict = evaluatePreconditions(request.headers, etag);
  if (verdict === "not-modified") return reply.code(304).removeHeader("content-encoding").send();
  if (verdict === "failed") return reply.code(412).removeHeader("content-encoding").send();
  const content = encoded ?? file.content;
  reply.type(file.type).header("content-length", content.length);
  return reply.send(request.method === "HEAD" ? undefined : content);
}
