import type { ExpandQuery } from "@open-peridio/contract";

/** What was asked for of an object: all of it, or these keys of it. */
export type Expand = true | { readonly [key: string]: Expand };

/**
 * Reads `expand[]=a&expand[]=b.c`: `a` is wanted whole, of `b` only `c`. Who wants `b` and `b.c` wants all of `b`. What
 * an answer doesn't have is not missed. Source: the official document, "Expanding Responses".
 */
export function readExpand(query: ExpandQuery): Expand {
  const before = known.get(query);
  if (before) return before;
  const tree: Record<string, Expand> = Object.create(null);
  const paths = [query["expand[]"] ?? [], query.expand ?? []].flat();
  for (const path of paths) add(tree, path.split("."));
  known.set(query, tree);
  return tree;
}

/** Queries that were read before: those of a device's kind are the same object each time. */
const known = new WeakMap<ExpandQuery, Expand>();

function add(tree: Record<string, Expand>, [key, ...rest]: string[]): void {
  const known = tree[key!];
  if (known === true) return;
  if (rest.length === 0) {
    tree[key!] = true;
    return;
  }
  const inner: Record<string, Expand> = known ?? Object.create(null);
  tree[key!] = inner;
  add(inner, rest);
}

/** What was asked for of one key; null when it wasn't. */
export function asked(expand: Expand, key: string): Expand | null {
  return expand === true ? true : (expand[key] ?? null);
}

/** Whether anything but these keys was asked for. */
export function asksBeyond(expand: Expand, keys: readonly string[]): boolean {
  return expand === true || Object.keys(expand).some((key) => !keys.includes(key));
}

/** The part of a value that was asked for; of a list, of each of its items. */
export function pick(value: unknown, expand: Expand): unknown {
  if (expand === true || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, expand));
  const entries = Object.keys(expand).filter((key) => Object.hasOwn(value, key));
  return Object.fromEntries(entries.map((key) => [key, pick((value as Record<string, unknown>)[key], expand[key]!)]));
}
