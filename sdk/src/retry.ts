/** Milliseconds before the second try, at most; doubled each time. */
const firstPause = 250;
const longestPause = 15_000;

export type Fetch = (request: Request) => Promise<Response>;

/** How long to go on trying when a server doesn't answer, or asks to come back. */
export interface Patience {
  /** Milliseconds from the first try to the last; 0 for one try. */
  total: number;
  /** Told before each pause what went wrong: an `ApiError`, or an `Error` of the connection. */
  onRetry?: (reason: unknown) => void;
}

/**
 * A fetch that tries again after lost connections, 5xx and 429, with pauses that grow and vary. A POST is only repeated
 * when the server can't have acted on it: the connection was refused, or it said 429 or 503.
 */
export function retrying(fetch: Fetch, patience: Patience): Fetch {
  return async (request) => {
    const started = Date.now();
    for (let tries = 1; ; tries++) {
      const result = await fetch(request.clone()).catch((error: unknown) => error);
      request.signal.throwIfAborted();
      const pause = pauseBefore(tries, result instanceof Response ? result.headers.get("retry-after") : null);
      if (!mayRepeat(request.method, result) || isOver(patience, started, pause)) {
        if (result instanceof Response) return result;
        throw result;
      }
      patience.onRetry?.(result instanceof Response ? new Error(`the server answered ${result.status}`) : result);
      if (result instanceof Response) await result.body?.cancel();
      await wait(pause, request.signal);
    }
  };
}

function mayRepeat(method: string, result: unknown): boolean {
  if (result instanceof Response) {
    if (result.status === 429 || result.status === 503) return true;
    return statusMayPass(result.status) && method !== "POST";
  }
  return errorMayPass(result) && (method !== "POST" || codeOf(result) === "ECONNREFUSED");
}

/** Whether a later try may fare better. Not with 507: a full disk isn't emptied within a minute. */
export function statusMayPass(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 507);
}

/** Errors of files and of addresses: the next try meets them too. */
const lasting = new Set(["ENOENT", "EACCES", "EPERM", "EISDIR", "ENOSPC", "EDQUOT", "EROFS", "EIO", "EFBIG", "EMFILE"]);

/** Whether an error is one of the connection, which may pass; not one of a file, a certificate or an address. */
export function errorMayPass(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return true;
  return !lasting.has(code) && !/^ERR_(TLS|INVALID|UNESCAPED)|CERT|SELF_SIGNED|UNABLE_TO_/.test(code);
}

/** The code of an error of Node; of its cause, where `fetch` wrapped it. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = cause?.code ?? code;
  return typeof found === "string" ? found : undefined;
}

/**
 * Runs `work` again after errors that a later try may not have. `work` is given a function to call when it has got
 * somewhere: patience then starts anew.
 */
export async function tryAgain<T>(
  work: (tries: number, gotSomewhere: () => void) => Promise<T>,
  mayHelp: (error: unknown) => boolean,
  patience: Patience,
  signal: AbortSignal,
): Promise<T> {
  let started = Date.now();
  let since = 0;
  for (let tries = 1; ; tries++) {
    try {
      return await work(tries, () => {
        started = Date.now();
        since = tries;
      });
    } catch (error) {
      signal.throwIfAborted();
      const pause = pauseBefore(Math.max(1, tries - since), null);
      if (!mayHelp(error) || isOver(patience, started, pause)) throw error;
      patience.onRetry?.(error);
      await wait(pause, signal);
    }
  }
}

function isOver(patience: Patience, started: number, pause: number): boolean {
  return Date.now() - started + pause > patience.total;
}

/** Milliseconds: as long as the server asks, else longer each time, with half of it left to chance. */
function pauseBefore(tries: number, retryAfter: string | null): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  if (!Number.isNaN(asked)) return asked;
  return Math.min(firstPause * 2 ** (tries - 1), longestPause) * (0.5 + Math.random() / 2);
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
