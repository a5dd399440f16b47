import { parse } from "node:querystring";

/** Queries that are remembered, and characters of one that is worth it. */
const maxRemembered = 1_000;
const maxCharacters = 2_048;

/** Parses queries. Devices of one kind ask the same for years, so what was read of a text is kept. */
export function rememberQueries(): (text: string) => Record<string, unknown> {
  const known = new Map<string, Record<string, unknown>>();
  return (text) => {
    if (text === "") return {};
    const before = known.get(text);
    if (before) return before;
    const query = parse(text);
    if (text.length > maxCharacters) return query;
    if (known.size >= maxRemembered) known.clear();
    known.set(text, query);
    return query;
  };
}
