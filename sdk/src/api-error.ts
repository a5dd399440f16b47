/** What the API answered instead of what was asked for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status. */
  readonly status: number;
  /** A stable word for the kind of error; `validation_failed` for a 422. */
  readonly code: string;
  /** Field → sentences, for a 422. */
  readonly fields: Record<string, string[]> | null;
  /** Names this answer in the server's log. */
  readonly requestId: string | null;

  /** What was wrong, in words: the message. */
  get detail(): string {
    return this.message;
  }

  constructor(status: number, body: unknown, requestId: string | null) {
    const { detail, code, fields } = readBody(status, body);
    super(detail);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
  }
}

interface Read {
  detail: string;
  code: string;
  fields: Record<string, string[]> | null;
}

function readBody(status: number, body: unknown): Read {
  const errors = (body as { errors?: unknown } | null)?.errors;
  if (typeof errors !== "object" || errors === null) {
    return { detail: `the server answered ${status}`, code: "unknown", fields: null };
  }
  const { detail, code } = errors as { detail?: unknown; code?: unknown };
  if (typeof detail === "string") return { detail, code: typeof code === "string" ? code : "unknown", fields: null };
  const fields = errors as Record<string, string[]>;
  const sentences = Object.entries(fields).map(([field, problems]) => `${field} ${problems.join(", ")}`);
  return { detail: sentences.join("; "), code: "validation_failed", fields };
}

/** The error of an answer that isn't a good one. Reads the body. */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not from our server, or cut short: the status says enough.
  }
  return new ApiError(response.status, body, response.headers.get("peridio-request-id"));
}
