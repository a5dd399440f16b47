/**
 * The one text that stands for a JSON value: keys in order of their UTF-16 code units, no blanks, numbers and strings as
 * ECMAScript writes them. Source: RFC 8785 (JCS). @throws TypeError for what JSON has no word for.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
    return `{${fields.join(",")}}`;
  }
  const text = JSON.stringify(value);
  if (text === undefined || (typeof value === "number" && !Number.isFinite(value))) {
    throw new TypeError(`JSON has no word for ${String(value)}`);
  }
  return text;
}
