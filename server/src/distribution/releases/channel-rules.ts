import { invalid, resourcePrn } from "@open-peridio/contract";
import type { ReleaseRow } from "../../database/tables.ts";
import type { ReleaseFields } from "./fields.ts";

/*
 * The releases of a cohort are one graph: each has at most one next one, and every path ends at the newest, which alone
 * has none and alone may be phased or scheduled ahead. Source: the official reference of cohorts, "release graph".
 */

export type Constrainable = Pick<ReleaseFields, "phase_mode" | "phase_value" | "schedule_date">;

/** Why not everybody may have it yet, and the field that says so; null when everybody may. */
function constraint(fields: Constrainable, now: string): { field: string; words: string; cure: string } | null {
  if (fields.phase_mode === "tags") {
    const cure = "set phase_mode to numeric and phase_value to 1";
    return { field: "phase_mode", words: "phased by tags", cure };
  }
  if (fields.phase_value !== 1) {
    return { field: "phase_value", words: `phased (phase_value ${fields.phase_value})`, cure: "set phase_value to 1" };
  }
  if (fields.schedule_date <= now) return null;
  const cure = "set schedule_date to now";
  return { field: "schedule_date", words: `scheduled for ${fields.schedule_date}`, cure };
}

/** @throws ApiError 422 while the newest release is phased or scheduled: nothing may follow it */
export function requireFollowable(newest: ReleaseRow, now: string): void {
  const found = constraint(newest, now);
  if (!found) return;
  const prn = resourcePrn(newest.organization_id, "release", newest.id);
  const cure = `${found.cure} there first, or name it here to insert the new release before it`;
  throw invalid("next_release_prn", `is needed: the newest release '${prn}' is ${found.words}; ${cure}`);
}

/** @throws ApiError 422 when a release that isn't the newest would be phased or scheduled */
export function requireOpen(fields: Constrainable, now: string): void {
  const found = constraint(fields, now);
  if (!found) return;
  throw invalid(
    found.field,
    `only the newest release of a cohort may be phased or scheduled, and this one would be ${found.words}; ${found.cure}`,
  );
}

/** @throws ApiError 422 when the two aren't neighbours in the release's cohort */
export function requireNeighbours(cohortId: string, next: ReleaseRow, previous: ReleaseRow | null): void {
  requireSameCohort("next_release_prn", cohortId, next);
  if (!previous) return;
  requireSameCohort("previous_release_prn", cohortId, previous);
  if (previous.next_release_id === next.id) return;
  const after = previous.next_release_id && resourcePrn(previous.organization_id, "release", previous.next_release_id);
  const words = after ? `its next one is '${after}'` : "it is the newest and has none";
  throw invalid("previous_release_prn", `must be a release whose next one is next_release_prn; ${words}`);
}

export function requireSameCohort(field: string, cohortId: string, release: ReleaseRow): void {
  if (release.cohort_id === cohortId) return;
  const other = resourcePrn(release.organization_id, "cohort", release.cohort_id);
  throw invalid(field, `must be a release of the same cohort; this one is of '${other}'`);
}

/**
 * @param path the new next release and all that follow it
 * @throws ApiError 422 when they lead back to the release: then none of them would reach the newest
 */
export function requireNoCircle(row: ReleaseRow, path: readonly string[]): void {
  if (!path.includes(row.id)) return;
  const prn = resourcePrn(row.organization_id, "release", path[0]!);
  throw invalid("next_release_prn", `must not lead back to this release; '${prn}' does`);
}
