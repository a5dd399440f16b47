import type { FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
export function sendContent(_r: FastifyRequest, reply: FastifyReply, c: { size: number; hash: string; filename: string; cacheSeconds: number; open: (a: number, b: number) => Readable }) {
  return reply.header("content-length", c.size).send(c.open(0, c.size - 1));
}
