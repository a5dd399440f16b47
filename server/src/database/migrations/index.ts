import type { Migration } from "kysely/migration";
import * as initial from "./0001-initial.ts";

/** In order of their names. A migration that has shipped is never edited; the next one mends it. */
export const migrations: Record<string, Migration> = {
  "0001-initial": initial,
};
