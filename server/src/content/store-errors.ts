/** The status with which an object store answered a request that failed; undefined when it didn't answer, or it was no such request. */
export function storeStatus(error: unknown): number | undefined {
  const { $metadata, statusCode, name } = error as {
    $metadata?: { httpStatusCode?: number };
    statusCode?: number;
    name?: string;
  };
  // Amazon's SDK says it there, Azure's here; errors of other libraries have a statusCode as well.
  return $metadata?.httpStatusCode ?? (name === "RestError" ? statusCode : undefined);
}

/** Whether a store could not do what was asked, after all repetitions: it answered 5xx, or not in time. */
export function isStoreTrouble(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return (storeStatus(error) ?? 0) >= 500 || name === "TimeoutError" || code === "REQUEST_SEND_ERROR";
}
