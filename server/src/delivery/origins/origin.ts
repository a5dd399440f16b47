import type { Platform } from "../../platform.ts";
import type { Downloadable } from "../download-link.ts";

/** A link by which content is fetched, for whoever has it. */
export interface Link {
  url: string;
  /** Earlier than was asked for, where what signed it ends earlier. */
  expiresAt: Date;
}

/** For whom links are made, and in which order that client would have them. */
export interface Asker {
  /** As it stands in links to this server: `linkMaker` of a principal. */
  maker: string;
  where: Where;
}

/** What is known of where a client is. */
export interface Where extends Preference {
  /** The address by which it reached this server, such as `http://192.168.1.5:4000`; null when it named none. */
  server: string | null;
  /** Its own. */
  address: string;
}

/** What says which origin is the best one. */
export interface Preference {
  /** The region that a proxy names. */
  header: string | null;
  /** The region that the client itself names, or that is known of the device. */
  reported: string | null;
  /** Names of origins, the fastest first, as the client measured. */
  measured: readonly string[];
}

/** From where content is downloaded. */
export interface Origin {
  name: string;
  /** Small letters. */
  regions: readonly string[];
  /** What its links start with, where that is declared; null for the address of this server, or of the store. */
  address: string | null;
  /** Seconds that its links live. */
  expiry: number;
  /** Whether its links lead past this server, and so to where the content was when they were made, as long as they live. */
  passesBy: boolean;
  /** Whether this content can be fetched from it. There is always an origin that holds it. */
  holds(content: Downloadable): boolean;
  /** @param content judged already: a link past this server is good until it expires, whatever happens to its binary */
  link(platform: Platform, content: Downloadable, asker: Asker, life: Life): Link | Promise<Link>;
}

/** Whole seconds since 1970. */
export interface Life {
  begins: number;
  ends: number;
}
