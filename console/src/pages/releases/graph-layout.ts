/** What of a release makes its place in the graph. */
export interface Linked {
  prn: string;
  next_release_prn: string | null;
  inserted_at: string;
}

export interface Placed<T> {
  release: T;
  /** From the left; the newest release is in the last one. */
  column: number;
  /** From the top; the longest way to the newest is the first. */
  row: number;
}

export interface Layout<T> {
  nodes: Placed<T>[];
  /** Each from a release to the one that follows it. */
  edges: [Placed<T>, Placed<T>][];
  columns: number;
  rows: number;
}

/**
 * Places the releases of a channel: what leads to a release stands left of it, the longest way, of those as long the
 * oldest, in the same row, others below. A release whose next one isn't given stands at the right edge.
 */
export function layoutChannel<T extends Linked>(releases: readonly T[]): Layout<T> {
  const known = new Set(releases.map(({ prn }) => prn));
  const isKnown = (prn: string | null) => prn !== null && known.has(prn);
  const leadingTo = Map.groupBy(releases, ({ next_release_prn: next }) => (isKnown(next) ? next : null));
  const before = (prn: string | null) => leadingTo.get(prn) ?? [];

  const lengths = new Map<string, number>();
  const lengthOf = ({ prn }: T): number => {
    const length = lengths.get(prn) ?? 1 + Math.max(0, ...before(prn).map(lengthOf));
    lengths.set(prn, length);
    return length;
  };
  const longestFirst = (some: readonly T[]) =>
    [...some].sort((a, b) => lengthOf(b) - lengthOf(a) || (a.inserted_at < b.inserted_at ? -1 : 1));

  const ends = [...before(null)].sort(
    (a, b) => Number(b.next_release_prn === null) - Number(a.next_release_prn === null),
  );
  const columns = Math.max(0, ...ends.map(lengthOf));
  const placed = new Map<string, Placed<T>>();
  let rows = 0;
  const place = (release: T, column: number, row: number): void => {
    placed.set(release.prn, { release, column, row });
    for (const [at, one] of longestFirst(before(release.prn)).entries())
      place(one, column - 1, at === 0 ? row : rows++);
  };
  for (const end of ends) place(end, columns - 1, rows++);

  const nodes = [...placed.values()].sort((a, b) => a.row - b.row || a.column - b.column);
  const edges = nodes.flatMap((node): [Placed<T>, Placed<T>][] => {
    const next = placed.get(node.release.next_release_prn ?? "");
    return next ? [[node, next]] : [];
  });
  return { nodes, edges, columns, rows };
}
