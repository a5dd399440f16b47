/** A value between quotes, as the search language wants it. */
export function quoted(value: string): string {
  return `'${value.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`;
}

const clause = /^[A-Za-z_][A-Za-z0-9_.]*(?::|-|~|<=|>=|<|>)(?:'|-?\d|true|false)/;

/** What a person typed: in the search language as it is, anything else as words to look for in `key`. */
export function searchFor(typed: string, key: string): string {
  const text = typed.trim();
  if (text === "" || clause.test(text)) return text;
  return `${key}~${quoted(text)}`;
}

/** Clauses that must all hold; empty ones are left out. */
export function both(...clauses: (string | undefined)[]): string | undefined {
  const given = clauses.filter((each) => each !== undefined && each !== "");
  return given.length > 0 ? given.join(" and ") : undefined;
}
