/** Tags as the tables hold them: a JSON array of strings, or null. */
export function storeTags(tags: readonly string[] | null): string | null {
  return tags && JSON.stringify(tags);
}

export function showTags(tags: string | null): string[] | null {
  return tags === null ? null : (JSON.parse(tags) as string[]);
}
