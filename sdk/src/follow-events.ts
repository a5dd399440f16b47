import type { components } from "./api.generated.ts";
import { ApiError, errorOf } from "./api-error.ts";
import type { Client } from "./client.ts";
import { errorMayPass, statusMayPass, tryAgain, wait } from "./retry.ts";
import { sentBlocks } from "./server-sent-events.ts";

type Event = components["schemas"]["Event"];

export interface FollowOptions {
  /** How `type.event_subtype` begins, such as `binary.` or `binary.signed`. */
  type?: string;
  /** Only what happens to this. */
  resourcePrn?: string;
  /** The id of the last event that is known: what came after it is told first. Without it: what happens from now on. */
  after?: string;
  /** Ends it. */
  signal?: AbortSignal;
}

/** Stands before the first event. */
export const beforeAllEvents = "00000000-0000-0000-0000-000000000000";

/** Milliseconds until a stream that is over is asked for again, where the server doesn't say. */
const usualPause = 3_000;

/**
 * Tells an organization's events as they happen, each once and in order, also across lost connections and restarts of
 * the server. Goes on for as long as the client's patience lasts without an answer.
 * @throws ApiError when the server refuses; the signal's reason when it is aborted
 */
export async function* followEvents(client: Client, options: FollowOptions = {}): AsyncGenerator<Event> {
  const { signal = new AbortController().signal } = options;
  let after = options.after ?? null;
  let pause = usualPause;
  for (;;) {
    const answer = await tryAgain(() => ask(client, options, after, signal), mayHelp, client.patience, signal);
    try {
      for await (const { id, data, retry } of sentBlocks(answer.body as unknown as AsyncIterable<Uint8Array>)) {
        if (id !== null) after = id;
        if (retry !== null) pause = retry;
        if (data !== null) yield JSON.parse(data) as Event;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SyntaxError) throw error;
      client.patience.onRetry?.(error);
    }
    await wait(pause, signal);
  }
}

/** The stream's beginning. */
async function ask(
  client: Client,
  { type, resourcePrn }: FollowOptions,
  after: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const query = new URLSearchParams({
    ...(type !== undefined && { type }),
    ...(resourcePrn !== undefined && { resource_prn: resourcePrn }),
  });
  const headers = { ...client.headers, accept: "text/event-stream", ...(after !== null && { "last-event-id": after }) };
  const answer = await client.transport.fetch(
    new Request(`${client.baseUrl}/events/stream?${query}`, { headers, signal }),
  );
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

function mayHelp(error: unknown): boolean {
  return error instanceof ApiError ? statusMayPass(error.status) : errorMayPass(error);
}
