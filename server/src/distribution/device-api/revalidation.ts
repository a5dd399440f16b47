import { hash } from "node:crypto";
import type { ExpandedUpdate } from "@open-peridio/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { evaluatePreconditions } from "../../delivery/conditional.ts";
import { originOf } from "../../http/origin.ts";
import type { Platform } from "../../platform.ts";

/**
 * Marks the answer, and says whether the device has it already, by its `If-None-Match`. Links differ at each poll, so the
 * mark is made of all else, and of a span of time of half a link's life: who is told that nothing changed has links that
 * live as long again.
 */
export function isUnchanged(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: ExpandedUpdate,
): boolean {
  const tag = answer.status === "update" ? tagOf(withoutLinks(platform, request, answer)) : plainTag(answer);
  // No cache between may keep it; the device may, if it asks before it uses it.
  reply.header("cache-control", "private, no-cache").header("etag", `W/${tag}`);
  return evaluatePreconditions({ "if-none-match": request.headers["if-none-match"] }, tag) === "not-modified";
}

function withoutLinks({ origins, clock }: Platform, request: FastifyRequest, answer: ExpandedUpdate): unknown {
  const lives = Math.min(...origins.map(({ expiry }) => expiry)) * 1000;
  const span = Math.floor(clock.now().getTime() / (lives / 2));
  const manifest = answer.manifest?.map(({ url, urls, deltas, ...item }) => ({
    ...item,
    ...(deltas && { deltas: deltas.map(({ url, ...delta }) => delta) }),
  }));
  return [{ ...answer, manifest }, span, originOf(request)];
}

/** Status → tag of an answer that says nothing more: nearly all are such. */
const plainTags = new Map<string, string>();

function plainTag(answer: ExpandedUpdate): string {
  if (answer.cohort !== undefined) return tagOf(answer);
  const key = `${answer.status} ${answer.source_type}`;
  const tag = plainTags.get(key) ?? tagOf(answer);
  plainTags.set(key, tag);
  return tag;
}

function tagOf(value: unknown): string {
  return `"${hash("sha256", JSON.stringify(value), "base64url")}"`;
}
