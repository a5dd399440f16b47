import http from "node:http";
import https from "node:https";
import { ForbiddenAddress, publicOnly, urlProblem } from "../http/address-guard.ts";

/** Milliseconds until the whole answer has to be there, and bytes that are read of it. */
const answerTime = 60_000;
const maxBytes = 16 * 1_048_576;

/** Asks as a client would, by a link alone; redirects are not followed. @throws what the connection says */
export function exchange(
  url: string,
  { method, headers = {}, body }: { method: "GET" | "PUT"; headers?: Record<string, string>; body?: Buffer },
  allowPrivate: boolean,
): Promise<{ status: number; body: Buffer }> {
  const problem = urlProblem(url, allowPrivate);
  if (problem) return Promise.reject(new ForbiddenAddress(`the link ${problem}`));
  const { request } = url.startsWith("https:") ? https : http;
  return new Promise((fulfil, reject) => {
    const sent = request(url, {
      method,
      headers: { ...headers, ...(body && { "content-length": body.length }) },
      agent: false,
      signal: AbortSignal.timeout(answerTime),
      ...(!allowPrivate && { lookup: publicOnly() as never }),
    });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () => {
        fulfil({ status: answer.statusCode!, body: Buffer.concat(chunks) });
        sent.destroy();
      };
      answer.on("error", reject).on("end", finish);
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= maxBytes) finish();
      });
    });
    sent.end(body);
  });
}
