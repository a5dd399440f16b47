import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Kysely } from "kysely";
import pino, { type Logger } from "pino";
import { foundFirstOrganization, isFirstStart, type NewOrganization } from "./accounts/first-start.ts";
import { trackKeyUse } from "./accounts/key-use.ts";
import { followLinkKeys, loadLinkKeys } from "./accounts/link-keys.ts";
import { loadSecretKey } from "./accounts/secrets.ts";
import { loadAuditKey } from "./activity/audit-key.ts";
import { buildApp, buildDeviceApp } from "./app.ts";
import { startArchiving } from "./archiving/work.ts";
import { bringBackFrom } from "./backup/command.ts";
import { removeDiscarded } from "./binaries/discarded.ts";
import { forgetUploads } from "./binaries/forgotten.ts";
import { trackUploads } from "./binaries/uploads.ts";
import { startVerification } from "./binaries/verification.ts";
import { wholeByStore } from "./binaries/whole.ts";
import { wholeFiles } from "./binaries/whole-files.ts";
import { wholeObjects } from "./binaries/whole-objects.ts";
import { startScrub } from "./checking/scrub.ts";
import { requireCompressible, startCompressing } from "./compressing/work.ts";
import type { Config } from "./config.ts";
import { startHasher } from "./content/hasher.ts";
import { openContentStore } from "./content/open.ts";
import { makeLeases } from "./database/leases.ts";
import type { Migrated } from "./database/migrate.ts";
import { openMigrated } from "./database/open.ts";
import type { Tables } from "./database/tables.ts";
import { openOrigins } from "./delivery/origins/open.ts";
import { countDeltaSavings } from "./deltas/savings.ts";
import { findTools } from "./deltas/tools.ts";
import { startDeltas } from "./deltas/work.ts";
import { openDeviceTraffic } from "./distribution/device-api/traffic.ts";
import { makeClaimReports } from "./distribution/releases/claim-reports.ts";
import { makeClaims } from "./distribution/releases/claims.ts";
import { makeMetrics } from "./http/metrics.ts";
import { startMoving } from "./moving/work.ts";
import { type NewAdmin, prepareFirstAdmin } from "./people/first-admin.ts";
import { type Clock, type Platform, systemClock } from "./platform.ts";
import { startRetention } from "./retention/work.ts";
import { startStatistics } from "./statistics/statistics.ts";
import { measureStorage } from "./stores/metrics.ts";
import { openStores } from "./stores/stores.ts";
import { traceQueries } from "./tracing/queries.ts";
import { startWebhooks } from "./webhooks/delivery.ts";

/** Milliseconds between two looks for connections that a stopping server can let go of. */
const sweepEvery = 100;

export interface RunningServer {
  app: FastifyInstance;
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  address: string;
  /** What the very first start made; null later. */
  founded: (NewOrganization & { admin: NewAdmin }) | null;
  /** Stops taking requests, lets the running ones end, then stops all else. */
  stop(): Promise<void>;
}

/** What is never logged, should an error or a mistake bring it along. */
const secretNames = [
  ...["authorization", "cookie", "password", "new_password", "current_password", "otp", "token"],
  ...["credentials", "access_key_id", "secret_access_key", "account_key"],
];
const secretPlaces = ["", "headers.", "body.", "err.", "err.headers.", "err.body.", "req.headers."];
const secrets = secretPlaces.flatMap((place) => secretNames.map((name) => place + name));

function makeLog(level: string): Logger {
  return pino({ level, redact: { paths: secrets, censor: "[redacted]" } });
}

export interface Storage {
  db: Kysely<Tables>;
  secretKey: Buffer;
  migrated: Migrated;
}

/** The database and the secret key, as the commands beside the server need them too. */
export async function openStorage(config: Config): Promise<Storage> {
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
  const secretKey = loadSecretKey(config.secretKey, join(config.dataDirectory, "secret.key"));
  const { db, migrated } = await openMigrated(
    config.databaseUrl || `sqlite:${join(config.dataDirectory, "peridio.db")}`,
    {
      connections: config.databaseConnections,
      statementTimeout: config.databaseStatementTimeout,
      ...(config.tracesEndpoint !== "" && { log: traceQueries }),
    },
  );
  return { db, secretKey, migrated };
}

/** What those of them need that look at content as well. */
export async function openContent(config: Config, { db, secretKey }: Pick<Storage, "db" | "secretKey">) {
  const own = await openContentStore(config.contentUrl, config.dataDirectory).catch((error: Error) => {
    throw new Error(`PERIDIO_CONTENT_URL ${error.message}`);
  });
  await own.check();
  return { db, stores: openStores({ db, own, secretKey, config }), clock: systemClock, log: makeLog(config.logLevel) };
}

/** At the very first start: an organization, a key, an admin. */
async function found(db: Kysely<Tables>, clock: Clock, config: Config): Promise<RunningServer["founded"]> {
  if (!(await isFirstStart(db))) return null;
  const { admin, make } = await prepareFirstAdmin(config);
  const founded = await foundFirstOrganization(db, clock, config.bootstrapApiKey, make);
  return founded && { ...founded, admin };
}

/** Starts everything: database → content → background work → app. @throws when any of it can't start. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = makeLog(config.logLevel);
  const clock = systemClock;
  const stopTracing =
    config.tracesEndpoint === "" ? null : (await import("./tracing/open.ts")).openTracing(config.tracesEndpoint, log);
  const { db, secretKey } = await openStorage(config);
  const founded = await found(db, clock, config);
  const linkKeys = await loadLinkKeys(db, secretKey, clock);
  const auditKey = await loadAuditKey(db, secretKey, clock);

  const { stores } = await openContent(config, { db, secretKey });
  const { own } = stores;
  const origins = await openOrigins(config, stores);
  const uploads = trackUploads();
  const discarded = removeDiscarded({ db, stores, log, clock, uploads });
  const leases = makeLeases(db);
  const background = { db, stores, clock, log, uploads, discarded, leases };
  const forgetLinkKeys = followLinkKeys({ db, log, clock }, secretKey, linkKeys);
  const keyUse = trackKeyUse({ db, log });
  const statistics = startStatistics({ db, clock, log, config });
  const devices = openDeviceTraffic({ db, clock, log });
  const webhooks = startWebhooks({ db, clock, log, config, secretKey });
  const files = own.kind === "files" ? wholeFiles(db, own, startHasher()) : null;
  const verification = startVerification({ ...background, config }, wholeByStore(files, wholeObjects(background)));

  const metrics = makeMetrics();
  measureStorage(metrics, db);
  const scrub = startScrub({ ...background, config, metrics, bringBack: bringBackFrom(config, background) });
  const forgotten = forgetUploads({ ...background, config });
  const archiving = startArchiving({ ...background, config });
  const retention = startRetention({ ...background, config, metrics });
  const moving = startMoving({ ...background, config, origins });
  requireCompressible(config, own, origins);
  const compressing = startCompressing({ ...background, config });
  const deltaTools = findTools(config.deltaAlgorithms);
  const deltaSavings = countDeltaSavings({ ...background, metrics });
  const deltas = startDeltas({ ...background, config, metrics, deltaTools });

  let address = "";
  const contentAddress = (origin: string | null) => config.contentPublicUrl || config.publicUrl || origin || address;
  const draining = new AbortController();
  const platform: Platform = {
    ...background,
    draining: draining.signal,
    config,
    secretKey,
    linkKeys,
    auditKey,
    contentAddress,
    origins,
    keyUse,
    webhooks,
    statistics,
    claims: makeClaims(background),
    claimReports: makeClaimReports(background),
    devices,
    metrics,
    verification,
    moving,
    deltaTools,
    deltaSavings,
    deltas,
  };
  const app = buildApp(platform);
  const deviceApp = config.devicePort === null ? null : buildDeviceApp(platform);
  const listeners = deviceApp ? [app, deviceApp] : [app];
  address = await app.listen({ host: config.host, port: config.port });
  await deviceApp?.listen({ host: config.deviceHost || config.host, port: config.devicePort! });
  discarded.remove();
  await verification.resume();

  return {
    app,
    address,
    founded,
    async stop() {
      draining.abort();
      await pause(config.drainDelay * 1000);
      // A connection whose transfer ends now would be kept for the client's next request.
      const sweep = setInterval(() => {
        for (const { server } of listeners) server.closeIdleConnections();
      }, sweepEvery);
      await Promise.all(listeners.map((listener) => listener.close())).finally(() => clearInterval(sweep));
      forgetLinkKeys();
      await verification.stop();
      await moving.stop();
      await compressing.stop();
      await forgotten.stop();
      await retention.stop();
      await archiving.stop();
      await deltas.stop();
      await deltaSavings.stop();
      await scrub.stop();
      await statistics.stop();
      await webhooks.stop();
      await keyUse.stop();
      await devices.stop();
      await discarded.stop();
      await db.destroy();
      await stopTracing?.();
    },
  };
}
