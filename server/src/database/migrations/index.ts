import type { Migration } from "kysely/migration";
import * as initial from "./0001-initial.ts";
import * as audit from "./0002-audit.ts";
import * as limits from "./0003-limits.ts";
import * as webhooks from "./0005-webhooks.ts";
import * as people from "./0006-people.ts";
import * as downloads from "./0007-downloads.ts";
import * as replicas from "./0008-replicas.ts";
import * as searches from "./0009-searches.ts";
import * as stores from "./0010-stores.ts";
import * as distribution from "./0013-distribution.ts";
import * as channels from "./0016-channels.ts";
import * as metadataSearches from "./0018-metadata-searches.ts";
import * as uploadWatches from "./0020-upload-watches.ts";
import * as contentChecks from "./0021-content-checks.ts";
import * as deltas from "./0030-deltas.ts";
import * as eventOrder from "./0035-event-order.ts";
import * as downloadDays from "./0036-download-days.ts";
import * as archive from "./0037-archive.ts";
import * as sharedContent from "./0038-shared-content.ts";
import * as rareSearches from "./0039-rare-searches.ts";
import * as compressedContent from "./0041-compressed-content.ts";

/** In order of their names. A migration that has shipped is never edited; the next one mends it. */
export const migrations: Record<string, Migration> = {
  "0001-initial": initial,
  "0002-audit": audit,
  "0003-limits": limits,
  "0005-webhooks": webhooks,
  "0006-people": people,
  "0007-downloads": downloads,
  "0008-replicas": replicas,
  "0009-searches": searches,
  "0010-stores": stores,
  "0013-distribution": distribution,
  "0016-channels": channels,
  "0018-metadata-searches": metadataSearches,
  "0020-upload-watches": uploadWatches,
  "0021-content-checks": contentChecks,
  "0030-deltas": deltas,
  "0035-event-order": eventOrder,
  "0036-download-days": downloadDays,
  "0037-archive": archive,
  "0038-shared-content": sharedContent,
  "0039-rare-searches": rareSearches,
  "0041-compressed-content": compressedContent,
};

/**
 * The last migration that a program must know to work with a database that has them all. During a rolling upgrade the
 * release before still runs: a migration that it can't live with (a column that goes, a value it doesn't know) ships one
 * release after the program that no longer needs what goes.
 */
export const oldestCompatible = "0007-downloads";
