/** As the tables hold them. Tags are a set: the order stays, what is said twice counts once. */
export function storeTags(tags: readonly string[] | null | undefined): string | null {
  return tags ? JSON.stringify([...new Set(tags)]) : null;
}

export function readTags(stored: string | null): string[] | null {
  return stored === null ? null : (JSON.parse(stored) as string[]);
}
