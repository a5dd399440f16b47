import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Its body is content, which may be slow. */
    takesContent?: true;
  }
}

/** In this part of the server bodies are content of any type and size: handlers read them from the socket. */
export function acceptContent(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, _payload, done) => done(null));
  app.addHook("onRoute", (route) => {
    route.config = { ...route.config, takesContent: true };
  });
}
