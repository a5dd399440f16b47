/** Tags as people type them, between commas; null for none. */
export function readTags(text: string | undefined): string[] | null {
  const tags = (text ?? "").split(",").map((tag) => tag.trim());
  const given = [...new Set(tags)].filter((tag) => tag !== "");
  return given.length > 0 ? given : null;
}

export function showTags(tags: string[] | null): string {
  return tags?.join(", ") ?? "";
}
