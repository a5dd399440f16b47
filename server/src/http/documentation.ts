import { openApiDocument } from "@open-peridio/contract";
import fastify, { type FastifyInstance } from "fastify";

/** `/openapi.json`, and pages made of it at `/docs`. */
export function documentationRoutes(app: FastifyInstance): void {
  const document = openApiDocument(["/", "/v1"]);
  let pages: Promise<FastifyInstance> | null = null;
  app.get("/openapi.json", async () => document);
  app.get("/docs*", async (request, reply) => {
    pages ??= loadPages();
    const { routing } = await pages;
    reply.hijack();
    // Past Fastify, so what it would send is set here.
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value as string);
    reply.raw.setHeader("content-security-policy", pagePolicy);
    routing(request.raw, reply.raw);
  });
}

/** Nothing on the pages leads to, or loads from, anywhere else. */
const pageSettings = {
  url: "/openapi.json",
  showDeveloperTools: "never",
  hideClientButton: true,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
} as const;

/** The pages bring their scripts and styles with them, partly within the page, and load nothing from elsewhere. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
].join("; ");

/** The pages cost 35 MB of memory, so they are loaded at the first visit, as a server inside the server. */
async function loadPages(): Promise<FastifyInstance> {
  const { default: scalar } = await import("@scalar/fastify-api-reference");
  const pages = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await pages.register(scalar, { routePrefix: "/docs", configuration: pageSettings });
  await pages.ready();
  return pages;
}
