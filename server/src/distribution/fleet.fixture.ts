import type { Kysely } from "kysely";
import pino from "pino";
import { v7 as uuidv7 } from "uuid";
import { binaryRow } from "../binaries/binary-row.fixture.ts";
import type { Config } from "../config.ts";
import { type DatabaseKind, makeDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { DeviceRow, ReleaseRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Principal } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";
import { makeClaimReports } from "./releases/claim-reports.ts";
import { makeClaims } from "./releases/claims.ts";

/** An organization with a product and a cohort, made by the tables; times are the clock's. */
export interface Fleet {
  organizationId: string;
  productId: string;
  cohortId: string;
  principal: Principal;
}

const long = "2026-01-01T00:00:00.000000Z";
const times = { inserted_at: long, updated_at: long };

/** What the operations of releases work with, of one server process. */
export function platformOn(db: Kysely<Tables>, clock: Clock): Platform {
  // No deltas are planned for releases, and nobody looks for such plans.
  const config = { deltaSources: 0 } as Config;
  const parts = { db, clock, config, log: pino({ level: "silent" }) };
  return {
    ...parts,
    claims: makeClaims(parts),
    claimReports: makeClaimReports(parts),
    deltas: { look: () => {} },
  } as Platform;
}

export interface Replicas {
  /** One database for each server process, the same one behind them. */
  dbs: Kysely<Tables>[];
  platforms: Platform[];
  close(): Promise<void>;
}

/** Two server processes on a fresh database; SQLite has one. */
export async function openReplicas(kind: DatabaseKind, clock: Clock): Promise<Replicas> {
  const database = await makeDatabase(kind);
  const dbs = [await openDatabase(database.url)];
  if (kind === "postgres") dbs.push(await openDatabase(database.url));
  return {
    dbs,
    platforms: dbs.map((db) => platformOn(db, clock)),
    async close() {
      await Promise.all(dbs.map((db) => db.destroy()));
      await database.remove();
    },
  };
}

export async function makeFleet(db: Kysely<Tables>): Promise<Fleet> {
  const organizationId = uuidv7();
  const own = { organization_id: organizationId, ...times };
  const [productId, cohortId] = [uuidv7(), uuidv7()];
  await db
    .insertInto("organizations")
    .values({ id: organizationId, name: "O", separate_signer: 0, required_signatures: 1, ...times })
    .execute();
  await db
    .insertInto("audit_heads")
    .values({ organization_id: organizationId, sequence: 0, hash: "0".repeat(64) })
    .execute();
  await db
    .insertInto("products")
    .values({ ...own, id: productId, name: "camera", archived: 0 })
    .execute();
  const principal: Principal = {
    organizationId,
    actor: `prn:1:${organizationId}:api_key:${uuidv7()}`,
    name: "test",
    scopes: ["admin"],
    keyId: uuidv7(),
    userId: null,
    sessionId: null,
    origin: { requestId: "r", address: "::1", userAgent: null },
  };
  const fleet = { organizationId, productId, cohortId, principal };
  await addCohort(db, fleet, cohortId);
  return fleet;
}

export async function addCohort(db: Kysely<Tables>, fleet: Fleet, id: string = uuidv7()): Promise<string> {
  const { organizationId, productId } = fleet;
  await db
    .insertInto("cohorts")
    .values({
      ...{ organization_id: organizationId, id, ...times, product_id: productId, name: `cohort ${id}` },
      ...{ description: null, device_count: 0, quarantined_count: 0 },
    })
    .execute();
  return id;
}

/** Puts devices into the cohort and returns their ids. */
export async function addDevices(
  db: Kysely<Tables>,
  fleet: Fleet,
  count: number,
  of: Partial<DeviceRow> = {},
): Promise<string[]> {
  const rows = Array.from({ length: count }, (): DeviceRow => {
    const id = uuidv7();
    return {
      ...{ organization_id: fleet.organizationId, id, ...times, product_id: fleet.productId },
      ...{ cohort_id: fleet.cohortId, identifier: `SN-${id}`, description: null, target: null, tags: null },
      ...{ quarantined: 0, last_connected_at: null, reported_bundle_prn: null, reported_release_prn: null },
      ...{ reported_release_version: null, ...of },
    };
  });
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto("devices")
      .values(rows.slice(at, at + 500))
      .execute();
  }
  const counted = rows.filter((row) => row.cohort_id !== null);
  const quarantined = counted.filter((row) => row.quarantined === 1).length;
  await db
    .updateTable("cohorts")
    .set(({ eb }) => ({
      device_count: eb("device_count", "+", counted.length),
      quarantined_count: eb("quarantined_count", "+", quarantined),
    }))
    .where("id", "=", counted[0]?.cohort_id ?? "")
    .execute();
  return rows.map(({ id }) => id);
}

/** A binary with one signature by a key of its own, for each target; returns the bundle of them and their ids. */
export async function addBundle(
  db: Kysely<Tables>,
  fleet: Fleet,
  { targets = ["portable"], metadata = null }: { targets?: string[]; metadata?: string | null } = {},
): Promise<{ bundleId: string; binaryIds: string[]; keyIds: string[] }> {
  const own = { organization_id: fleet.organizationId, ...times };
  const [artifactId, versionId, bundleId] = [uuidv7(), uuidv7(), uuidv7()];
  const described = { description: null, custom_metadata: null };
  await db
    .insertInto("artifacts")
    .values({ ...own, id: artifactId, name: `firmware ${artifactId}`, ...described })
    .execute();
  await db
    .insertInto("artifact_versions")
    .values({ ...own, id: versionId, artifact_id: artifactId, version: "1.0.0", ...described })
    .execute();
  await db
    .insertInto("bundles")
    .values({ ...own, id: bundleId, name: null, hash: "0".repeat(64) })
    .execute();
  const [binaryIds, keyIds]: [string[], string[]] = [[], []];
  for (const [position, target] of targets.entries()) {
    const [id, keyId] = [uuidv7(), uuidv7()];
    binaryIds.push(id);
    keyIds.push(keyId);
    const binary = binaryRow({
      ...{ ...own, id, artifact_version_id: versionId, target, hash: "a".repeat(64), size: 10, state: "signed" },
      ...{ content_file: "whole", reserved_bytes: 10, announced_bytes: 10, required_signatures: 1 },
    });
    await db.insertInto("binaries").values(binary).execute();
    await db
      .insertInto("signing_keys")
      .values({
        ...{ ...own, id: keyId, name: `key ${keyId}`, value: `value ${keyId}`, algorithm: "ed25519" },
        ...{ keyid: keyId, keyid_aliases: "[]", revoked_at: null },
      })
      .execute();
    await db
      .insertInto("binary_signatures")
      .values({
        ...own,
        id: uuidv7(),
        binary_id: id,
        signing_key_id: keyId,
        signature: "AB",
        signed_message: "hash_hex",
      })
      .execute();
    await db
      .insertInto("bundle_binaries")
      .values({
        organization_id: own.organization_id,
        bundle_id: bundleId,
        position,
        binary_id: id,
        custom_metadata: metadata,
      })
      .execute();
  }
  return { bundleId, binaryIds, keyIds };
}

/** A release as it stands in the table, that everybody may have; without what makes a channel of it. */
export async function addRelease(
  db: Kysely<Tables>,
  fleet: Fleet,
  bundleId: string,
  of: Partial<ReleaseRow> = {},
): Promise<string> {
  const row = releaseRow(fleet, bundleId, of);
  await db.insertInto("releases").values(row).execute();
  return row.id;
}

export function releaseRow(fleet: Fleet, bundleId: string, of: Partial<ReleaseRow>): ReleaseRow {
  const id = uuidv7();
  return {
    ...{ organization_id: fleet.organizationId, id, ...times, bundle_id: bundleId, cohort_id: fleet.cohortId },
    ...{ name: `release ${id}`, description: null, required: 0, disabled: 0, schedule_date: long },
    ...{ phase_mode: "numeric", phase_value: 1, phase_tags: null, next_release_id: null, version: null },
    ...{ version_requirement: null, failure_share: null, failure_minimum: 1, paused_at: null, halted_at: null },
    ...{ claims: 0, done: 0, failed: 0, ...of },
  };
}

/** A clock that stands still until it is set. */
export function standingClock(time: string): Clock & { set(time: string): void; text(): string } {
  let now = new Date(time);
  return {
    now: () => now,
    text: () => timestamp(now),
    set(time) {
      now = new Date(time);
    },
  };
}
