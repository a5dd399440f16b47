/** A value between quotes, as the search language wants it. */
export function quoted(value: string): string {
  return `'${value.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** A minus before a bare number is part of a word: `arm-7`. */
const clause = /^[A-Za-z_][A-Za-z0-9_.]*(?:(?::|-|~|<=|>=|<|>)'|(?::|<=|>=|<|>)(?:-?\d+(?:\.\d+)?|true|false)(?=\s|$))/;

/** What a person typed: in the search language as it is, anything else as words to look for in `key`. */
export function searchFor(typed: string, key: string): string {
  const text = typed.trim();
  if (text === "" || clause.test(text)) return text;
  return `${key}~${quoted(text)}`;
}

const anyClause = /[A-Za-z_][\w.]*(?::|-|~|<=|>=|<|>)(?:'(?:[^\\']|\\.)*'|[^ ]+)/g;

/** What a search wants `key` to be; null where it doesn't say, or says more than that. */
export function wanted(search: string | undefined, key: string): string | null {
  const value = search?.match(anyClause)?.find((each) => each.startsWith(`${key}:'`));
  return value ? value.slice(key.length + 2, -1) : null;
}

/** The search with `key` wanted to be a value, or anything for an empty one; all else stays. */
export function wanting(search: string | undefined, key: string, value: string): string | undefined {
  const others = (search?.match(anyClause) ?? []).filter((each) => !each.startsWith(`${key}:`));
  return both(...others, value === "" ? undefined : `${key}:${quoted(value)}`);
}

/** Clauses that must all hold; empty ones are left out. */
export function both(...clauses: (string | undefined)[]): string | undefined {
  const given = clauses.filter((each) => each !== undefined && each !== "");
  return given.length > 0 ? given.join(" and ") : undefined;
}
