import { resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, record } from "../activity/record.ts";
import type { DeltaPlanRow, ReleaseRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { fitBinary } from "../signing/dropped-deltas.ts";
import { type Needs, newDelta } from "./outcome.ts";

type Planning = Needs & Pick<Platform, "deltaTools">;

/** Older bundles that are looked at for one release. */
const maxBundles = 200;
/** Devices that are counted of one: more are as good as these. */
const maxCounted = 1_000;
/** Plans that are followed in one go. */
const batch = 20;

/** Has deltas looked for, for a release that begins to exist with this transaction. */
export async function planDeltas(
  transaction: Kysely<Tables>,
  { config, deltaTools }: Pick<Platform, "config" | "deltaTools">,
  { organization_id, id, inserted_at }: ReleaseRow,
): Promise<void> {
  if (config.deltaSources === 0 || deltaTools.available.length === 0) return;
  await transaction.insertInto("delta_plans").values({ organization_id, release_id: id, inserted_at }).execute();
}

/** Finds out which deltas the devices of new releases want, by what they say that they run. */
export async function followPlans(platform: Planning): Promise<void> {
  for (;;) {
    const plans = await platform.db.selectFrom("delta_plans").selectAll().orderBy("inserted_at").limit(batch).execute();
    for (const plan of plans) await follow(platform, plan);
    if (plans.length < batch) return;
  }
}

async function follow({ db, clock, config, deltaTools }: Planning, plan: DeltaPlanRow): Promise<void> {
  const { organization_id: organizationId } = plan;
  const release = await db
    .selectFrom("releases")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", plan.release_id)
    .executeTakeFirst();
  const bundles = release ? await bundlesOfDevices(db, release, config.deltaSources) : [];
  await changing(db, organizationId, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom("delta_plans")
      .where("organization_id", "=", organizationId)
      .where("release_id", "=", plan.release_id)
      .executeTakeFirst();
    // Another replica was faster, or the release is gone.
    if (numDeletedRows === 0n || !release || bundles.length === 0) return;
    const now = timestamp(clock.now());
    for (const { from_id, to_id } of await pairs(transaction, release, bundles)) {
      for (const algorithm of deltaTools.available) {
        const row = newDelta(uuidv7(), { organization_id: organizationId, id: from_id }, { id: to_id }, algorithm, now);
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto("deltas")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) continue;
        const for_release = resourcePrn(organizationId, "release", release.id);
        await record(transaction, {
          ...about(theServer, "delta", row, "created"),
          after: { ...row, for_release },
          at: now,
        });
      }
    }
  });
}

type Target = Pick<ReleaseRow, "organization_id" | "bundle_id" | "cohort_id">;

/** Binaries of a release beside older ones of the same artifact and target, in other bundles. */
function kin(db: Kysely<Tables>, { organization_id, bundle_id }: Target) {
  return db
    .selectFrom("bundle_binaries as m")
    .innerJoin("binaries as b", (join) =>
      join.onRef("b.organization_id", "=", "m.organization_id").onRef("b.id", "=", "m.binary_id"),
    )
    .innerJoin("artifact_versions as v", (join) =>
      join.onRef("v.organization_id", "=", "b.organization_id").onRef("v.id", "=", "b.artifact_version_id"),
    )
    .innerJoin("artifact_versions as w", (join) =>
      join.onRef("w.organization_id", "=", "v.organization_id").onRef("w.artifact_id", "=", "v.artifact_id"),
    )
    .innerJoin("binaries as o", (join) =>
      join
        .onRef("o.organization_id", "=", "w.organization_id")
        .onRef("o.artifact_version_id", "=", "w.id")
        .onRef("o.target", "=", "b.target")
        .onRef("o.hash", "!=", "b.hash"),
    )
    .innerJoin("bundle_binaries as n", (join) =>
      join.onRef("n.organization_id", "=", "o.organization_id").onRef("n.binary_id", "=", "o.id"),
    )
    .where("m.organization_id", "=", organization_id)
    .where("m.bundle_id", "=", bundle_id)
    .where("n.bundle_id", "!=", bundle_id);
}

/** The bundles from which most devices of the cohort would come, as far as a delta could help them. */
async function bundlesOfDevices(db: Kysely<Tables>, release: Target, most: number): Promise<string[]> {
  const candidates = await kin(db, release)
    .select("n.bundle_id")
    .distinct()
    .orderBy("n.bundle_id", "desc")
    .limit(maxBundles)
    .execute();
  const counted: { id: string; devices: number }[] = [];
  for (const { bundle_id } of candidates) {
    const devices = await countDevices(db, release, bundle_id);
    if (devices > 0) counted.push({ id: bundle_id, devices });
  }
  // Sorting keeps the newest of equals first: ids begin with their time.
  return counted
    .sort((a, b) => b.devices - a.devices)
    .slice(0, most)
    .map(({ id }) => id);
}

async function countDevices(
  db: Kysely<Tables>,
  { organization_id, cohort_id }: Target,
  bundleId: string,
): Promise<number> {
  const { devices } = await db
    .selectFrom((from) =>
      from
        .selectFrom("devices")
        .select("id")
        .where("organization_id", "=", organization_id)
        .where("cohort_id", "=", cohort_id)
        .where("reported_bundle_prn", "=", resourcePrn(organization_id, "bundle", bundleId))
        .limit(maxCounted)
        .as("running"),
    )
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .executeTakeFirstOrThrow();
  return Number(devices);
}

function pairs(db: Kysely<Tables>, release: Target, bundles: readonly string[]) {
  const fit = (id: string) => fitBinary(db, release.organization_id, id);
  return kin(db, release)
    .select(["o.id as from_id", "b.id as to_id"])
    .distinct()
    .where("n.bundle_id", "in", [...bundles])
    .where(({ exists }) => exists(fit("b.id")))
    .where(({ exists }) => exists(fit("o.id")))
    .execute();
}
