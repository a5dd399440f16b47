import type { ContentPlace } from "../content/place.ts";
import { linkMaker } from "../http/link-maker.ts";
import type { Principal } from "../http/principal.ts";
import { signLink } from "../http/signed-links.ts";
import type { Platform } from "../platform.ts";

/** Route of the links; all that a link is bound to stands in its path, and the path is signed. */
export const partLinkRoute = "/cdn/parts/:maker/:organization/:binary/:revision/:index/:size/:hash";

/** A link that takes exactly these bytes, for a while: `size` bytes with this SHA-256, as part `index` of this upload. */
export function partLink(
  platform: Platform,
  principal: Principal,
  origin: string | null,
  place: ContentPlace,
  index: number,
  size: number,
  hash: string,
): string {
  const { organizationId, binaryId, revision } = place;
  const path = `/cdn/parts/${linkMaker(principal)}/${organizationId}/${binaryId}/${revision}/${index}/${size}/${hash}`;
  const expiresAt = new Date(platform.clock.now().getTime() + platform.config.uploadExpiry * 1000);
  return platform.contentAddress(origin) + signLink(platform.linkKeys, { method: "PUT", path, expiresAt });
}
