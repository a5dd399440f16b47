/** Fields that the official SDK takes as null or absent; all others must be there, and not null. */
const nullable = new Set([
  ...["custom_metadata", "description", "ends_at", "hash", "size", "signatures", "value", "next_page"],
]);

/**
 * What the official SDK could not parse in `body` where it parses `fixture`: a sentence for each field that is missing,
 * or null, or of another JSON type. Fields beyond the fixture's are fine. The items of an array are each compared with
 * the fixture's first.
 */
export function shapeProblems(body: unknown, fixture: unknown, at = "body"): string[] {
  const wanted = jsonType(fixture);
  const got = jsonType(body);
  if (body === null && nullable.has(at.split(".").at(-1)!)) return [];
  if (got !== wanted) return [`${at} must be ${wanted}; got ${got}`];
  if (wanted === "array") {
    const [item] = fixture as unknown[];
    return (body as unknown[]).flatMap((each, index) => shapeProblems(each, item, `${at}.${index}`));
  }
  // What metadata holds is the user's.
  if (wanted !== "object" || at.endsWith(".custom_metadata")) return [];
  const fields = body as Record<string, unknown>;
  return Object.entries(fixture as object).flatMap(([name, value]) =>
    name in fields ? shapeProblems(fields[name], value, `${at}.${name}`) : [`${at}.${name} is missing`],
  );
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** How the official SDK reads an error body: the first form that matches. */
type ErrorForm =
  | { form: "detail"; text: string }
  | { form: "fields"; fields: Record<string, string[]> }
  | { form: "status"; text: string }
  | { form: "raw" };

export function readError(body: unknown): ErrorForm {
  const { errors, status } = (body ?? {}) as { errors?: unknown; status?: unknown };
  if (typeof errors === "object" && errors !== null && !Array.isArray(errors)) {
    if ("detail" in errors && typeof errors.detail === "string") return { form: "detail", text: errors.detail };
    const isFields = Object.values(errors).every(
      (list) => Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === "string"),
    );
    if (isFields && Object.keys(errors).length > 0) {
      return { form: "fields", fields: errors as Record<string, string[]> };
    }
  }
  return typeof status === "string" ? { form: "status", text: status } : { form: "raw" };
}
