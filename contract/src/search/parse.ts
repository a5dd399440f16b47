import peggy from "peggy";
import { ApiError } from "../errors.ts";
import { grammar } from "./grammar.ts";
import type { Operator, SearchKey, SearchKeys } from "./keys.ts";

export interface Clause {
  key: string;
  operator: Operator;
  value: string | number | boolean;
  type: "string" | "number" | "boolean";
  /** Characters before the clause. */
  position: number;
}

/** A search text longer than this is refused before it is parsed. */
export const maxSearchLength = 4096;
const maxClauses = 5;

const parser = peggy.generate(grammar);

function refuse(position: number, problem: string): ApiError {
  return new ApiError("invalid_search", `search: at character ${position + 1}: ${problem}`);
}

function findKey(keys: SearchKeys, name: string): SearchKey | undefined {
  if (Object.hasOwn(keys, name) && !name.includes("*")) return keys[name];
  const wildcard = `${name.split(".")[0]}.*`;
  return name.split(".").length === 2 && Object.hasOwn(keys, wildcard) ? keys[wildcard] : undefined;
}

function checkValue(clause: Clause, { type }: SearchKey): void {
  const got = `got ${clause.type === "string" ? `'${clause.value}'` : clause.value}`;
  switch (type) {
    case "any":
      return;
    case "integer":
      if (Number.isSafeInteger(clause.value)) return;
      throw refuse(clause.position, `'${clause.key}' wants a whole number without quotes; ${got}`);
    case "boolean":
      if (clause.type === "boolean") return;
      throw refuse(clause.position, `'${clause.key}' wants true or false without quotes; ${got}`);
    case "boolean or 'any'":
      if (clause.type === "boolean" || clause.value === "any") return;
      throw refuse(clause.position, `'${clause.key}' wants true or false without quotes, or 'any'; ${got}`);
    case "date-time":
      if (clause.type === "string" && isDateTime(String(clause.value))) return;
      throw refuse(clause.position, `'${clause.key}' wants a UTC time such as '2026-01-31T00:00:00Z'; ${got}`);
    default:
      if (clause.type === "string") return;
      throw refuse(clause.position, `'${clause.key}' wants a string in single quotes; ${got}`);
  }
}

function isDateTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/**
 * Parses a search and checks it against the keys of a list.
 * @throws ApiError 400 `invalid_search` that names the position and what would be right.
 */
export function parseSearch(text: string, keys: SearchKeys): Clause[] {
  if (text.length > maxSearchLength) {
    throw refuse(maxSearchLength, `a search has at most ${maxSearchLength} characters; got ${text.length}`);
  }
  const clauses = parseClauses(text);
  if (clauses.length > maxClauses) {
    throw refuse(clauses[maxClauses]!.position, `a search has at most ${maxClauses} clauses; got ${clauses.length}`);
  }
  for (const clause of clauses) {
    const key = findKey(keys, clause.key);
    if (!key) {
      const known = Object.keys(keys).map((name) => name.replace("*", "KEY"));
      throw refuse(clause.position, `unknown key '${clause.key}'; known keys: ${known.join(", ")}`);
    }
    if (!key.operators.includes(clause.operator)) {
      throw refuse(
        clause.position,
        `'${clause.key}' can't be compared with '${clause.operator}'; it takes ${key.operators.join(" ")}`,
      );
    }
    checkValue(clause, key);
  }
  return clauses;
}

function parseClauses(text: string): Clause[] {
  try {
    return parser.parse(text) as Clause[];
  } catch (error) {
    if (!(error instanceof parser.SyntaxError)) throw error;
    throw refuse(error.location.start.offset, error.message);
  }
}
