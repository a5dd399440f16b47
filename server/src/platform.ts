import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { KeyUse } from "./accounts/key-use.ts";
import type { AuditKey } from "./activity/audit-key.ts";
import type { Discarded } from "./binaries/discarded.ts";
import type { Uploads } from "./binaries/uploads.ts";
import type { Verification } from "./binaries/verification.ts";
import type { Config } from "./config.ts";
import type { Leases } from "./database/leases.ts";
import type { Tables } from "./database/tables.ts";
import type { Origin } from "./delivery/origins/origin.ts";
import type { DeltaSavings } from "./deltas/savings.ts";
import type { DeltaTools } from "./deltas/tools.ts";
import type { Deltas } from "./deltas/work.ts";
import type { DeviceTraffic } from "./distribution/device-api/traffic.ts";
import type { ClaimReports } from "./distribution/releases/claim-reports.ts";
import type { Claims } from "./distribution/releases/claims.ts";
import type { Metrics } from "./http/metrics.ts";
import type { LinkKey } from "./http/signed-links.ts";
import type { Moving } from "./moving/work.ts";
import type { Statistics } from "./statistics/statistics.ts";
import type { Stores } from "./stores/stores.ts";
import type { Webhooks } from "./webhooks/delivery.ts";

/** What every operation works with; made once at start, passed explicitly. */
export interface Platform {
  config: Config;
  db: Kysely<Tables>;
  /** Where content is: the server's own store, and those of organizations. */
  stores: Stores;
  /** Encrypts secrets at rest. */
  secretKey: Buffer;
  /** The first key signs links, all verify them. */
  linkKeys: readonly LinkKey[];
  /** Signs the heads of trails. */
  auditKey: AuditKey;
  /** What upload and download links start with: as set, or else the address that the client itself used. */
  contentAddress: (origin: string | null) => string;
  /** From where content is downloaded; one at least. */
  origins: readonly Origin[];
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Fires when the server is about to stop. */
  draining: AbortSignal;
  /** The requests that are writing content. */
  uploads: Uploads;
  /** Which replica does what in the background. */
  leases: Leases;
  keyUse: KeyUse;
  webhooks: Webhooks;
  statistics: Statistics;
  /** Lets devices have releases, many at once. */
  claims: Claims;
  claimReports: ClaimReports;
  /** What is kept of the calls of devices. */
  devices: DeviceTraffic;
  /** Background work. */
  verification: Verification;
  moving: Moving;
  discarded: Discarded;
  deltaTools: DeltaTools;
  deltaSavings: DeltaSavings;
  deltas: Deltas;
}

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
