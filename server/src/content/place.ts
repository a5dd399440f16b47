import { randomBytes } from "node:crypto";
import { join } from "node:path";

/** Where the bytes of one upload lie. A reset moves on to the next revision, so old and new bytes never meet. */
export interface ContentPlace {
  organizationId: string;
  binaryId: string;
  revision: number;
}

/** A name for a new file of a place that no other has. */
export function newFile(purpose: string): string {
  return `${purpose}-${randomBytes(8).toString("hex")}`;
}

export function directoryOf(root: string, place: ContentPlace): string {
  return join(root, place.organizationId, place.binaryId, String(place.revision));
}

/** One text for one place, to key maps by. */
export function keyOf(place: ContentPlace): string {
  return `${place.organizationId}/${place.binaryId}/${place.revision}`;
}
