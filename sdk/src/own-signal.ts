/**
 * Runs one request with a signal of its own that follows a long-lived one. A `Request` never lets go of its signal:
 * the thousands of an upload would all hang on the one of the upload, and Node warns of that.
 */
export async function ownSignal<T>(signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const follow = () => own.abort(signal.reason);
  signal.addEventListener("abort", follow, { once: true });
  try {
    return await work(own.signal);
  } finally {
    signal.removeEventListener("abort", follow);
  }
}
