import createFetchClient, { type Client as FetchClient } from "openapi-fetch";
import type { paths } from "./api.generated.ts";
import { ApiError, errorOf } from "./api-error.ts";
import { type Fetch, type Patience, retrying } from "./retry.ts";
import { type Transport, webTransport } from "./transport.ts";

export interface ClientOptions {
  /** Such as `https://peridio.example.com` or `https://example.com/v1`; a trailing slash does no harm. */
  baseUrl: string;
  /** Left out where the browser's session says who asks: in pages of the server itself. */
  apiKey?: string;
  /** Sent as `x-api-version`; 2 by default. */
  apiVersion?: 1 | 2;
  /** How requests travel; the platform's `fetch` by default. */
  transport?: Transport;
  /** How long to go on trying when the server doesn't answer; a minute by default. */
  patience?: Patience;
}

/** A client of one server: typed calls, and the transport that uploads and downloads use. */
export interface Client {
  /** Every call of the API, typed; an answer that isn't good is thrown as `ApiError`. */
  api: FetchClient<paths>;
  baseUrl: string;
  /** Headers that say who asks. Only for the API itself, never for links. */
  headers: Record<string, string>;
  transport: Transport;
  patience: Patience;
  /** `transport.fetch` that tries again. */
  fetch: Fetch;
}

/** @throws Error when `baseUrl` isn't an http or https address */
export function createClient(options: ClientOptions): Client {
  return assemble({
    baseUrl: readBaseUrl(options.baseUrl),
    headers: {
      ...(options.apiKey !== undefined && { authorization: `Bearer ${options.apiKey}` }),
      "x-api-version": String(options.apiVersion ?? 2),
    },
    transport: options.transport ?? webTransport,
    patience: options.patience ?? { total: 60_000 },
  });
}

/** The same client, speaking this version: bundles have another shape in each. */
export function inVersion(client: Client, apiVersion: 1 | 2): Client {
  return assemble({ ...client, headers: { ...client.headers, "x-api-version": String(apiVersion) } });
}

function assemble(settings: Pick<Client, "baseUrl" | "headers" | "transport" | "patience">): Client {
  const { baseUrl, headers, transport, patience } = settings;
  const fetch: Fetch = retrying((request) => transport.fetch(request), patience);
  const api = createFetchClient<paths>({ baseUrl, headers, fetch });
  api.use({
    onResponse: async ({ response }) => {
      if (!response.ok) throw await errorOf(response);
    },
  });
  return { api, baseUrl, headers, transport, patience, fetch };
}

function readBaseUrl(text: string): string {
  const protocol = /^([a-z]+):\/\/./i.exec(text)?.[1]?.toLowerCase();
  if ((protocol === "http" || protocol === "https") && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new Error(`'${text}' is not an address of a server; it must look like https://peridio.example.com`);
}

/** The body of a good answer: errors were thrown before. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The body of a good answer; null for what isn't there, which is a 404. */
export async function bodyOrNull<T>(answer: Promise<{ data?: T }>): Promise<T | null> {
  try {
    return await bodyOf(answer);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** Any call of the API by its path, for callers that are not bound to one: the body of its good answer, null for none. */
export async function call(
  client: Client,
  method: string,
  path: string,
  { query = {}, body }: { query?: Record<string, string>; body?: unknown } = {},
): Promise<unknown> {
  const parameters = new URLSearchParams(query).toString();
  const url = `${client.baseUrl}${path}${parameters === "" ? "" : `?${parameters}`}`;
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const request = new Request(url, { method, headers: { ...client.headers, ...type }, ...json });
  const answer = await client.fetch(request);
  if (!answer.ok) throw await errorOf(answer);
  const text = await answer.text();
  return text === "" ? null : (JSON.parse(text) as unknown);
}

/** The bytes of an answer that isn't JSON, as they come. @throws ApiError */
export async function fetchBytes(client: Client, path: string): Promise<AsyncIterable<Uint8Array>> {
  const answer = await client.fetch(new Request(client.baseUrl + path, { headers: client.headers }));
  if (!answer.ok) throw await errorOf(answer);
  return (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>;
}
