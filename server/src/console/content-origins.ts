import type { ContentPlace } from "../content/place.ts";
import type { ContentStore } from "../content/store.ts";
import type { Platform } from "../platform.ts";

/** An object of which nobody asks whether it exists: only where a link to it leads counts. */
const nowhere: ContentPlace = { organizationId: "none", binaryId: "none", revision: 0 };

/** How the server's own store is remembered; those of organizations are by their ids. */
const own = "own";

/** Stores whose addresses are remembered. */
const maxRemembered = 1_000;

/**
 * To which origins, beside this server's, a browser sends content and from which it fetches it: those of the settings, and
 * those to which links of the stores lead that an organization uses.
 */
export function contentOrigins({ config, db, log, origins, stores }: Platform) {
  const declared = [config.publicUrl, config.contentPublicUrl, ...origins.map(({ address }) => address ?? "")]
    .filter((address) => address !== "")
    .map((address) => new URL(address).origin);
  // An address of a store never changes.
  const known = new Map<string, string>();

  async function originOf(name: string, open: () => Promise<ContentStore>): Promise<string[]> {
    const remembered = known.get(name);
    if (remembered !== undefined) return [remembered];
    try {
      const store = await open();
      if (store.kind !== "objects") return [];
      const { origin } = new URL((await store.downloadLink(nowhere, "none", "none", 1)).url);
      if (known.size >= maxRemembered) known.clear();
      known.set(name, origin);
      return [origin];
    } catch (err) {
      // One that can't sign links now has none to which a page could go either.
      log.warn({ err, store: name }, "the console's pages can't reach a content store");
      return [];
    }
  }

  /** @param organizationId of whoever looks at the page; null while nobody is signed in */
  return async function connectable(organizationId: string | null): Promise<string[]> {
    const found = [...declared, ...(await originOf(own, async () => stores.own))];
    if (organizationId !== null) {
      const theirs = await db
        .selectFrom("content_stores")
        .select("id")
        .where("organization_id", "=", organizationId)
        .execute();
      for (const { id } of theirs) {
        const open = () => stores.of({ organization_id: organizationId, store_id: id });
        found.push(...(await originOf(id, open)));
      }
    }
    return [...new Set(found)];
  };
}
