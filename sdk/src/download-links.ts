import type { components, paths } from "./api.generated.ts";
import { ApiError } from "./api-error.ts";
import { bodyOf, type Client } from "./client.ts";
import { errorMayPass, statusMayPass } from "./retry.ts";

/** What makes the server put one origin before another. */
export interface Whereabouts {
  /** The region in which the download happens, by a name that origins of the server have. */
  region?: string;
  /** Names of origins, the fastest first, where that was measured. */
  origins?: readonly string[];
}

export type DownloadLink = components["schemas"]["DownloadLink"];

/** One for each origin, in the order in which to try them; `download_url` is the first. */
export type DownloadLinks =
  paths["/binaries/{prn}/download_url"]["get"]["responses"]["200"]["content"]["application/json"];

/** Asks for fresh links to the content of a binary. @throws ApiError */
export async function downloadLinks(
  client: Client,
  binaryPrn: string,
  { region, origins }: Whereabouts = {},
): Promise<DownloadLinks> {
  const headers = {
    ...(region !== undefined && { "peridio-region": region }),
    ...(origins !== undefined && { "peridio-origins": origins.join(", ") }),
  };
  const params = { path: { prn: binaryPrn } };
  return bodyOf(client.api.GET("/binaries/{prn}/download_url", { params, headers }));
}

/** Whether a new link, somewhat later, may fare better. */
export function laterMayHelp(error: unknown): boolean {
  if (!(error instanceof ApiError)) return errorMayPass(error);
  return statusMayPass(error.status) || error.code === "link_expired";
}

/** Whether another origin may fare better: also where this one doesn't know its own links, or lacks the content. */
function anotherMayHelp(error: unknown): boolean {
  return laterMayHelp(error) || (error instanceof ApiError && [403, 404].includes(error.status));
}

/** Fetches by a link; calls `gotSomewhere` for every piece that came. */
type FetchFrom = (url: string, gotSomewhere: () => void) => Promise<void>;

/**
 * Takes a download from one origin to the next. What it returns fetches from the first of the links, and, when that
 * fails, from the next, until one succeeds. Who failed since it last brought anything is tried last from then on.
 */
export function failingOver(fetchFrom: FetchFrom, signal: AbortSignal) {
  const failures = new Map<string, number>();
  const failuresOf = ({ origin }: DownloadLink): number => failures.get(origin) ?? 0;

  return async (
    links: readonly DownloadLink[],
    gotSomewhere: () => void,
    onFailure: (error: unknown) => void,
  ): Promise<void> => {
    const errors: unknown[] = [];
    for (const link of [...links].sort((a, b) => failuresOf(a) - failuresOf(b))) {
      try {
        return await fetchFrom(link.url, () => {
          failures.delete(link.origin);
          gotSomewhere();
        });
      } catch (error) {
        signal.throwIfAborted();
        if (!anotherMayHelp(error)) throw error;
        failures.set(link.origin, failuresOf(link) + 1);
        errors.push(error);
        if (errors.length < links.length) onFailure(error);
      }
    }
    throw errors.find(laterMayHelp) ?? errors.at(-1);
  };
}
