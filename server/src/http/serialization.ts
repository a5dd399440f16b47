import build from "fast-json-stringify";
import type { FastifyInstance } from "fastify";

/**
 * Writes answers by their schemas. A route's writer is made at its first answer: those of all routes take 12 MB, and most
 * servers are asked few of them.
 */
export function serializeAnswers(app: FastifyInstance): void {
  app.setSerializerCompiler(({ schema }) => {
    let write: ReturnType<typeof build> | undefined;
    return (data: unknown) => {
      write ??= build(schema as Parameters<typeof build>[0]);
      return write(data);
    };
  });
}
