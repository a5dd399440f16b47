import type { Config } from "../../config.ts";
import { keyOf } from "../../content/place.ts";
import type { ContentStore } from "../../content/store.ts";
import { signLink } from "../../http/signed-links.ts";
import type { Downloadable } from "../download-link.ts";
import { dialects } from "./hmac.ts";
import type { Life, Origin } from "./origin.ts";
import { type OriginSettings, readOrigins } from "./settings.ts";

/** What there is without a declaration. */
const thisServer: OriginSettings = { name: "server", kind: "server", url: null, regions: [], expiry: null };

/** The origins that the settings declare. @throws Error that names the file, and what is wrong in it */
export async function openOrigins(config: Config, content: ContentStore): Promise<Origin[]> {
  const { origins: file } = config;
  if (file === "") return [await open(thisServer, config)];
  let declared: OriginSettings[];
  try {
    declared = readOrigins(file, content.kind === "objects" ? await content.linkLimit() : null);
  } catch (error) {
    throw new Error(`PERIDIO_ORIGINS ${file}: ${(error as Error).message}`);
  }
  return Promise.all(declared.map((settings) => open(settings, config)));
}

async function open(settings: OriginSettings, config: Config): Promise<Origin> {
  const { name, regions, expiry, kind } = settings;
  const usual = kind === "server" ? config.downloadExpiry : config.redirectExpiry;
  return { name, regions, expiry: expiry ?? usual, link: await linkerOf(settings) };
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
      return (platform, content, _asker, { begins, ends }) => {
        const store = platform.content;
        if (store.kind !== "objects") throw new Error("files have no links of their own");
        return store.downloadLink(content, content.contentFile, content.filename, ends - begins);
      };
    case "cloudfront": {
      const { signCloudfront } = await import("./cloudfront.ts");
      return (_platform, content, { where }, life) => {
        const url = `${settings.url}/${keyOf(content)}/${content.contentFile}`;
        return { url: signCloudfront(settings.key, url, life.ends, where.address), expiresAt: endOf(life) };
      };
    }
    case "hmac":
      return (_platform, content, _asker, life) => {
        const url = `${settings.url}/${keyOf(content)}/${content.contentFile}`;
        const query = dialects[settings.dialect](new URL(url).pathname, life, settings.secret);
        return { url: `${url}?${query}`, expiresAt: endOf(life) };
      };
  }
}

/** What a link to this server is bound to stands in its path, which is signed; the last part is for people. */
function pathOf({ organizationId, binaryId, revision, hash, filename }: Downloadable, maker: string): string {
  return `/cdn/binaries/${maker}/${organizationId}/${binaryId}/${revision}/${hash}/${filename}`;
}

const endOf = ({ ends }: Life): Date => new Date(ends * 1000);
