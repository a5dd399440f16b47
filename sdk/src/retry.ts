/** Tries of one request, the first included: about half a minute with the pauses between. */
const maxTries = 9;
/** Milliseconds before the second try, at most; doubled each time. */
const firstPause = 250;
const longestPause = 10_000;

export type Fetch = (request: Request) => Promise<Response>;

/**
 * A fetch that tries again after lost connections, 5xx and 429, with pauses that grow and vary. A POST is only repeated
 * when the server can't have acted on it: the connection was refused, or it said 429 or 503.
 */
export function retrying(fetch: Fetch): Fetch {
  return async (request) => {
    for (let tries = 1; ; tries++) {
      const copy = request.clone();
      const result = await fetch(copy).catch((error: unknown) => error);
      const repeat = tries < maxTries && !request.signal.aborted && mayRepeat(request.method, result);
      if (!repeat) {
        if (result instanceof Response) return result;
        throw result;
      }
      await pause(tries, result instanceof Response ? result.headers.get("retry-after") : null, request.signal);
    }
  };
}

function mayRepeat(method: string, result: unknown): boolean {
  if (result instanceof Response) {
    if (result.status === 429 || result.status === 503) return true;
    return result.status >= 500 && result.status !== 507 && method !== "POST";
  }
  return method !== "POST" || wasRefused(result);
}

function wasRefused(error: unknown): boolean {
  const code = (error as { code?: string; cause?: { code?: string } } | null)?.cause?.code ?? codeOf(error);
  return code === "ECONNREFUSED";
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code;
}

/** Runs `work` again after errors that a later try may not have. */
export async function tryAgain<T>(
  work: (tries: number) => Promise<T>,
  mayHelp: (error: unknown) => boolean,
  signal: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work(tries);
    } catch (error) {
      if (tries >= maxTries || signal.aborted || !mayHelp(error)) throw error;
      await pause(tries, null, signal);
    }
  }
}

/** Waits: as long as the server asks, else longer each time, with half of it left to chance. */
function pause(tries: number, retryAfter: string | null, signal: AbortSignal): Promise<void> {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  const growing = Math.min(firstPause * 2 ** (tries - 1), longestPause);
  return wait(Number.isNaN(asked) ? growing * (0.5 + Math.random() / 2) : Math.min(asked, 60_000), signal);
}

/** Waits some milliseconds. @throws the signal's reason when it is aborted. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
