import {
  type PreviewOutcome,
  type PreviewRelease,
  previewOutcomes,
  type ReleasePreview,
  resourcePrn,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { findOwn } from "../../database/own-row.ts";
import type { CohortRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { toResolvable } from "../resolution/channels.ts";
import { withheldBundle } from "../resolution/load.ts";
import { phaseLimit } from "../resolution/phase.ts";
import type { ResolvableChannel, ResolvableRelease } from "../resolvable.ts";
import { type ReleaseFields, readFields } from "./fields.ts";
import { findPlace } from "./graph.ts";
import { examineDevices } from "./preview-devices.ts";
import { withheldInWords } from "./withheld-words.ts";

/** Devices that are named of each outcome. */
const maxNamed = 10;

/**
 * Who would get a release, from its date on, if each device ran what it reported last. Nothing is made.
 * @throws ApiError 404; 422 on the field that would be refused in a new release
 */
export async function previewRelease(
  { db, clock }: Platform,
  principal: Principal,
  body: PreviewRelease,
): Promise<ReleasePreview> {
  const { organizationId } = principal;
  const now = timestamp(clock.now());
  const fields = readFields({ name: "", required: false, schedule_date: now, ...body });
  const bundle = await findOwn(db, principal, "bundles", body.bundle_prn);
  const cohort = await findOwn(db, principal, "cohorts", body.cohort_prn);
  const place = await findPlace(db, principal, body, { cohortId: cohort.id, fields, now });
  const from = fields.schedule_date > now ? fields.schedule_date : now;

  const id = uuidv7();
  const newcomer = newRelease({ id, bundle_id: bundle.id, next_release_id: place.nextId, ...fields });
  const channel = await readChannel(db, cohort, newcomer, place.previous?.id ?? null);
  const devices = await examineDevices(db, cohort, { channel, id, from });
  const counts = Map.groupBy(devices, ({ outcome }) => outcome);
  const outcomes = Object.fromEntries(
    previewOutcomes.map((outcome) => [outcome, counts.get(outcome)?.length ?? 0]),
  ) as Record<PreviewOutcome, number>;

  const withheld = withheldInWords(organizationId, await withheldBundle(db, organizationId, bundle.id));
  const limit = limitOf(fields, channel.deviceCount);
  const release = (releaseId: string | null) => releaseId && resourcePrn(organizationId, "release", releaseId);
  return {
    from,
    cohort_devices: channel.deviceCount,
    examined: devices.length,
    limit,
    eligible: fields.disabled === 1 || withheld !== null ? 0 : Math.min(outcomes.gets, limit ?? outcomes.gets),
    outcomes,
    devices: [...counts.values()].flatMap((some) =>
      some.slice(0, maxNamed).map(({ row, outcome }) => ({
        prn: resourcePrn(organizationId, "device", row.id),
        identifier: row.identifier,
        reported_release_version: row.reported_release_version,
        outcome,
      })),
    ),
    previous_release_prn: release(place.previous?.id ?? null),
    next_release_prn: release(place.nextId),
    withheld,
  };
}

/** As it would be once it is due; the bound of its phase is for the sum, not for each device. */
function newRelease(
  row: ReleaseFields & { id: string; bundle_id: string; next_release_id: string | null },
): ResolvableRelease {
  const release = toResolvable({ ...row, disabled: 0, paused_at: null, halted_at: null });
  return release.phase.mode === "tags" ? release : { ...release, phase: { mode: "numeric", value: 1 } };
}

async function readChannel(
  db: Kysely<Tables>,
  cohort: CohortRow,
  newcomer: ResolvableRelease,
  previousId: string | null,
): Promise<ResolvableChannel> {
  const rows = await db
    .selectFrom("releases")
    .selectAll()
    .where("organization_id", "=", cohort.organization_id)
    .where("cohort_id", "=", cohort.id)
    .execute();
  const others = rows.map(toResolvable);
  return {
    releases: [newcomer, ...others.map((one) => (one.id === previousId ? { ...one, nextId: newcomer.id } : one))],
    deviceCount: Number(cohort.device_count) - Number(cohort.quarantined_count),
    claims: new Map(rows.map(({ id, claims }) => [id, Number(claims)])),
  };
}

function limitOf({ phase_mode, phase_value }: ReleaseFields, deviceCount: number): number | null {
  if (phase_mode === "tags") return null;
  const limit = phaseLimit(phase_value!, deviceCount);
  return Number.isFinite(limit) ? limit : null;
}
