import type { Config } from "../../config.ts";
import { keyOf } from "../../content/place.ts";
import { signLink } from "../../http/signed-links.ts";
import type { Stores } from "../../stores/stores.ts";
import type { Downloadable } from "../download-link.ts";
import { dialects } from "./hmac.ts";
import type { Life, Origin } from "./origin.ts";
import { type OriginSettings, readOrigins } from "./settings.ts";

/** What there is without a declaration. */
const thisServer: OriginSettings = { name: "server", kind: "server", url: null, regions: [], expiry: null };

/**
 * Who sends past this server sends what is stored: nothing that is compressed there. CDNs fetch from the server's own store;
 * what an organization keeps in another is not there.
 */
function canSend(kind: OriginSettings["kind"], { storeId, kept }: Downloadable): boolean {
  if (kind === "server") return true;
  return kept.frames === null && (kind === "store" || storeId === null);
}

/**
 * The origins that the settings declare, and this server for what none of them holds.
 * @throws Error that names the file, and what is wrong in it
 */
export async function openOrigins(config: Config, { own }: Stores): Promise<Origin[]> {
  const { origins: file } = config;
  if (file === "") return [await open(thisServer, config, () => true)];
  let declared: OriginSettings[];
  try {
    declared = readOrigins(file, own.kind === "objects" ? await own.linkLimit() : null);
  } catch (error) {
    throw new Error(`PERIDIO_ORIGINS ${file}: ${(error as Error).message}`);
  }
  const origins = declared.map((settings) => open(settings, config, (it) => canSend(settings.kind, it)));
  const isHeld = (it: Downloadable) => declared.some(({ kind }) => canSend(kind, it));
  const forOthers = declared.some(({ kind }) => kind === "server")
    ? []
    : [open(thisServer, config, (it) => !isHeld(it))];
  return Promise.all([...origins, ...forOthers]);
}

async function open(settings: OriginSettings, config: Config, holds: Origin["holds"]): Promise<Origin> {
  const { name, regions, expiry, kind } = settings;
  const usual = kind === "server" ? config.downloadExpiry : config.redirectExpiry;
  return {
    name,
    regions,
    holds,
    passesBy: kind !== "server",
    address: settings.kind === "store" ? null : settings.url,
    expiry: expiry ?? usual,
    link: await linkerOf(settings),
  };
}

async function linkerOf(settings: OriginSettings): Promise<Origin["link"]> {
  switch (settings.kind) {
    case "server":
      return ({ contentAddress, linkKeys }, content, { maker, where }, life) => {
        const expiresAt = endOf(life);
        const link = signLink(linkKeys, { method: "GET", path: pathOf(content, maker), expiresAt });
        return { url: (settings.url ?? contentAddress(where.server)) + link, expiresAt };
      };
    case "store":
      return async ({ stores }, content, _asker, { begins, ends }) => {
        const store = await stores.of({ organization_id: content.organizationId, store_id: content.storeId });
        if (store.kind !== "objects") throw new Error("files have no links of their own");
        const { seconds } = await store.linkLimit();
        const { place, file } = content.kept;
        return store.downloadLink(place, file, content.filename, Math.min(ends - begins, seconds));
      };
    case "cloudfront": {
      const { signCloudfront } = await import("./cloudfront.ts");
      return (_platform, content, { where }, life) => {
        const url = `${settings.url}/${keyOf(content.kept.place)}/${content.kept.file}`;
        return { url: signCloudfront(settings.key, url, life.ends, where.address), expiresAt: endOf(life) };
      };
    }
    case "hmac":
      return (_platform, content, _asker, life) => {
        const url = `${settings.url}/${keyOf(content.kept.place)}/${content.kept.file}`;
        const query = dialects[settings.dialect](new URL(url).pathname, life, settings.secret);
        return { url: `${url}?${query}`, expiresAt: endOf(life) };
      };
  }
}

/** What a link to this server is bound to stands in its path, which is signed; the last part is for people. */
function pathOf({ organizationId, binaryId, revision, hash, filename, linkPath }: Downloadable, maker: string): string {
  if (linkPath) return linkPath(maker);
  return `/cdn/binaries/${maker}/${organizationId}/${binaryId}/${revision}/${hash}/${filename}`;
}

const endOf = ({ ends }: Life): Date => new Date(ends * 1000);
