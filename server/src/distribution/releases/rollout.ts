import { type ClaimState, claimStates, type Rollout } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { dialectOf } from "../../database/dialect.ts";
import { findOwn } from "../../database/own-row.ts";
import type { ReleaseRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { withheldBundle } from "../resolution/load.ts";
import { phaseLimit } from "../resolution/phase.ts";
import { withheldInWords } from "./withheld-words.ts";

/** How far a release has come, counted now. @throws ApiError 404 */
export async function getRollout({ db, clock }: Platform, principal: Principal, prn: string): Promise<Rollout> {
  const row = await findOwn(db, principal, "releases", prn);
  const cohortDevices = await countDevices(db, row);
  const withheld = await withheldBundle(db, row.organization_id, row.bundle_id);
  return {
    release_prn: prn,
    state: stateOf(row, timestamp(clock.now())),
    cohort_devices: cohortDevices,
    eligible: await countEligible(db, row, cohortDevices),
    ...(await countStates(db, row)),
    withheld: withheldInWords(row.organization_id, withheld),
  };
}

function stateOf(row: ReleaseRow, now: string): Rollout["state"] {
  if (row.disabled === 1) return "disabled";
  if (row.halted_at !== null) return "halted";
  if (row.paused_at !== null) return "paused";
  return row.schedule_date > now ? "scheduled" : "active";
}

async function countDevices(db: Kysely<Tables>, row: ReleaseRow): Promise<number> {
  const cohort = await db
    .selectFrom("cohorts")
    .select(["device_count", "quarantined_count"])
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.cohort_id)
    .executeTakeFirstOrThrow();
  return Number(cohort.device_count) - Number(cohort.quarantined_count);
}

async function countEligible(db: Kysely<Tables>, row: ReleaseRow, cohortDevices: number): Promise<number> {
  if (row.phase_mode === "numeric") return Math.min(cohortDevices, phaseLimit(row.phase_value ?? 0, cohortDevices));
  const tags = JSON.parse(row.phase_tags ?? "[]") as string[];
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("organization_id", "=", row.organization_id)
    .where("cohort_id", "=", row.cohort_id)
    .where("quarantined", "=", 0)
    .where(dialectOf(db).hasAny("devices.tags", tags))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function countStates(db: Kysely<Tables>, row: ReleaseRow): Promise<Record<ClaimState, number>> {
  const rows = await db
    .selectFrom("release_claims")
    .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
    .where("organization_id", "=", row.organization_id)
    .where("release_id", "=", row.id)
    .groupBy("state")
    .execute();
  const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return Object.fromEntries(claimStates.map((state) => [state, counts.get(state) ?? 0])) as Record<ClaimState, number>;
}
