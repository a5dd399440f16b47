/** Every error code that the API answers with, and its HTTP status. */
export const errorStatus = {
  bad_request: 400,
  invalid_json: 400,
  invalid_parameter: 400,
  invalid_search: 400,
  checksum_mismatch: 400,
  size_mismatch: 400,
  unauthenticated: 401,
  otp_required: 401,
  forbidden: 403,
  link_invalid: 403,
  link_expired: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  upload_superseded: 409,
  quarantined: 409,
  content_unavailable: 409,
  gone: 410,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  validation_failed: 422,
  held: 423,
  too_many_requests: 429,
  internal_error: 500,
  unavailable: 503,
  storage_full: 507,
  quota_exceeded: 507,
  part_too_large: 413,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Field name (dotted for nested ones) → sentences. */
export type FieldErrors = Record<string, string[]>;

/** The one error class: made where the fact is known, turned into an answer at the edge. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly fields: FieldErrors | undefined;
  readonly headers: Record<string, string>;
  /** What a program may want to know beyond the sentence. */
  readonly facts: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    detail: string,
    extra: { fields?: FieldErrors; headers?: Record<string, string>; facts?: Record<string, unknown> } = {},
  ) {
    super(detail);
    this.code = code;
    this.fields = extra.fields;
    this.headers = extra.headers ?? {};
    this.facts = extra.facts ?? {};
  }

  get status(): number {
    return errorStatus[this.code];
  }

  /** The body that the official SDK parses: a field map for 422, `detail` with a stable `code` for all else. */
  body(): { errors: FieldErrors | { detail: string; code: ErrorCode; [fact: string]: unknown } } {
    return { errors: this.fields ?? { detail: this.message, code: this.code, ...this.facts } };
  }
}

/** A 422 about one field. */
export function invalid(field: string, problem: string): ApiError {
  return invalidFields({ [field]: [problem] });
}

/** A 422 about several fields. */
export function invalidFields(fields: FieldErrors): ApiError {
  const detail = Object.entries(fields).map(([field, problems]) => `${field} ${problems.join(", ")}`);
  return new ApiError("validation_failed", detail.join("; "), { fields });
}

/** A 404: the same for what never was and for what belongs to another organization. */
export function notFound(what: string, prn: string): ApiError {
  return new ApiError("not_found", `there is no ${what} '${prn}' in this organization`);
}
