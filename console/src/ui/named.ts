import type { ResourceName, Resources } from "../api/resources.ts";

/** Lists of what has a name of its own, and the key that words are looked for in. */
export const wordsIn = {
  artifacts: "name",
  products: "name",
  cohorts: "name",
  bundles: "name",
  releases: "name",
  bundle_overrides: "name",
  devices: "identifier",
} as const satisfies Partial<Record<ResourceName, string>>;

export type Named = keyof typeof wordsIn;

/** What people call it. */
export function nameOf(thing: Resources[Named]): string {
  if ("identifier" in thing) return thing.identifier;
  return thing.name ?? `unnamed …${thing.prn.slice(-12)}`;
}
