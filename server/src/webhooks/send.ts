import http from "node:http";
import https from "node:https";
import { ForbiddenAddress, publicOnly, type Resolve, urlProblem } from "../http/address-guard.ts";

/** How a delivery went. */
export interface Outcome {
  /** Null when there was no answer. */
  status: number | null;
  /** The first bytes of the answer's body, as text. */
  response: string | null;
  /** Null when the answer was a timely 200. */
  error: string | null;
  /** Source: the official webhooks reference. */
  reason: "host_resolution_failed" | "response_timeout" | "response_status" | null;
  /** Milliseconds. */
  duration: number;
}

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Reach {
  allowPrivate: boolean;
  /** Milliseconds until the whole answer has to be there. */
  timeout: number;
  resolve?: Resolve;
}

/** Bytes of an answer that are kept for the log; more are not even read. */
const maxKept = 2_048;

/** POSTs a message. Only a timely 200 counts; redirects are not followed. Never throws. */
export async function post(message: Message, reach: Reach): Promise<Outcome> {
  const began = performance.now();
  const done = (outcome: Omit<Outcome, "duration">): Outcome => ({
    ...outcome,
    duration: Math.round(performance.now() - began),
  });
  // Again, for rules may have changed since the webhook was made.
  const problem = urlProblem(message.url, reach.allowPrivate);
  if (problem)
    return done({ status: null, response: null, error: `the URL ${problem}`, reason: "host_resolution_failed" });
  try {
    const { status, response } = await exchange(message, reach);
    if (status === 200) return done({ status, response, error: null, reason: null });
    return done({ status, response, error: `answered ${status}, not 200`, reason: "response_status" });
  } catch (error) {
    return done({ status: null, response: null, ...explain(error as NodeJS.ErrnoException, reach.timeout) });
  }
}

function exchange(
  { url, headers, body }: Message,
  { allowPrivate, timeout, resolve }: Reach,
): Promise<{ status: number; response: string }> {
  const { request } = url.startsWith("https:") ? https : http;
  return new Promise((fulfil, reject) => {
    const sent = request(url, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      // A connection of its own: none is reused that was made under another name.
      agent: false,
      signal: AbortSignal.timeout(timeout),
      ...(!allowPrivate && { lookup: publicOnly(resolve) as never }),
    });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const chunks: Buffer[] = [];
      let kept = 0;
      const finish = () => {
        const response = Buffer.concat(chunks).subarray(0, maxKept).toString();
        fulfil({ status: answer.statusCode!, response });
        sent.destroy();
      };
      answer.on("error", reject);
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        kept += chunk.length;
        if (kept >= maxKept) finish();
      });
      answer.on("end", finish);
    });
    sent.end(body);
  });
}

function explain(error: NodeJS.ErrnoException, timeout: number): Pick<Outcome, "error" | "reason"> {
  if (error instanceof ForbiddenAddress) {
    return { error: `${error.message}, which is not the public internet`, reason: "host_resolution_failed" };
  }
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return { error: `no answer within ${timeout / 1000} seconds`, reason: "response_timeout" };
  }
  const reason = error.syscall === "getaddrinfo" ? "host_resolution_failed" : "response_timeout";
  return { error: `${error.code ?? error.name}: ${error.message}`, reason };
}
