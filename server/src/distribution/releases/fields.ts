import { type CreateRelease, invalid, type UpdateRelease } from "@open-peridio/contract";
import { parseRequirement, parseVersion } from "@open-peridio/contract/elixir-version";
import type { ReleaseRow } from "../../database/tables.ts";
import { readTime } from "../../database/time.ts";

/** Columns that callers set, as the table holds them. */
export type ReleaseFields = Pick<
  ReleaseRow,
  | "name"
  | "description"
  | "required"
  | "disabled"
  | "schedule_date"
  | "phase_mode"
  | "phase_value"
  | "phase_tags"
  | "version"
  | "version_requirement"
  | "failure_share"
  | "failure_minimum"
>;

const defaults = {
  description: null,
  disabled: 0,
  phase_mode: "numeric",
  phase_value: null,
  phase_tags: null,
  version: null,
  version_requirement: null,
  failure_share: null,
  failure_minimum: 1,
} as const;

/** The fields of a new release. @throws ApiError 422 */
export function readFields(body: CreateRelease): ReleaseFields {
  const given = readGiven(body) as Pick<ReleaseFields, "name" | "required" | "schedule_date">;
  const fields = { ...defaults, ...given };
  requirePhase(fields);
  return fields;
}

/** What a change writes. @throws ApiError 422 */
export function readChanges(row: ReleaseRow, body: UpdateRelease): Partial<ReleaseFields> {
  const changes = readGiven(body);
  refuseReopening(row, changes);
  requirePhase({ ...row, ...changes });
  return changes;
}

function readGiven(body: Partial<CreateRelease>): Partial<ReleaseFields> {
  const requirement = readRequirement(body);
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.description !== undefined && { description: body.description }),
    ...(body.required !== undefined && { required: flag(body.required) }),
    ...(body.disabled !== undefined && { disabled: flag(body.disabled) }),
    ...(body.schedule_date !== undefined && { schedule_date: readSchedule(body.schedule_date) }),
    ...(body.phase_mode !== undefined && { phase_mode: body.phase_mode }),
    ...(body.phase_value !== undefined && { phase_value: readPhaseValue(body.phase_value) }),
    ...(body.phase_tags !== undefined && {
      phase_tags: body.phase_tags?.length ? JSON.stringify(body.phase_tags) : null,
    }),
    ...(body.version !== undefined && { version: readVersion(body.version) }),
    ...(requirement !== undefined && { version_requirement: requirement }),
    ...(body.failure_share !== undefined && { failure_share: body.failure_share }),
    ...(body.failure_minimum !== undefined && { failure_minimum: body.failure_minimum }),
  };
}

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

function readSchedule(text: string): string {
  const time = readTime(text);
  if (time === null) throw invalid("schedule_date", `must be a time that exists; got '${text}'`);
  return time;
}

function readPhaseValue(value: number | null): number | null {
  if (value === null || value <= 1 || (value >= 2 && Number.isInteger(value))) return value;
  const words = "must be a share from 0 to 1, such as 0.25, or a whole number of devices from 2";
  throw invalid("phase_value", `${words}; got ${value}`);
}

function readVersion(text: string | null): string | null {
  if (text === null || parseVersion(text)) return text;
  throw invalid("version", `must be a version such as 1.2.3 or 1.2.3-rc.1; got '${text}'`);
}

/** The official document spells it with a hyphen, the official clients with an underscore. */
function readRequirement(body: Partial<CreateRelease>): string | null | undefined {
  const { version_requirement: underscore, "version-requirement": hyphen } = body;
  if (underscore !== undefined && hyphen !== undefined && underscore !== hyphen) {
    throw invalid("version-requirement", `must be left out, or repeat version_requirement; got '${hyphen}'`);
  }
  const text = underscore ?? hyphen;
  if (typeof text !== "string" || parseRequirement(text)) return underscore === undefined ? hyphen : underscore;
  const field = underscore === undefined ? "version-requirement" : "version_requirement";
  const words = "must be a requirement such as '== 1.0.0', '~> 1.2' or '>= 1.0.0 and < 2.0.0'";
  throw invalid(field, `${words}; got '${text}'`);
}

/** A release that everybody may have stays so. @throws ApiError 422 */
function refuseReopening(row: ReleaseRow, changes: Partial<ReleaseFields>): void {
  if (row.phase_mode !== "numeric" || row.phase_value !== 1) return;
  const words = "can't change any more: a phase_value of 1 is final; pause or disable the release, or make a new one";
  if (changes.phase_mode === "tags") throw invalid("phase_mode", `${words}; got 'tags'`);
  const value = changes.phase_value;
  if (value !== undefined && value !== 1) throw invalid("phase_value", `${words}; got ${value}`);
}

/** Each mode has what it goes by; what the other would go by may be there, and means nothing. @throws ApiError 422 */
function requirePhase(fields: Pick<ReleaseFields, "phase_mode" | "phase_value" | "phase_tags">): void {
  if (fields.phase_mode === "numeric" && fields.phase_value === null) {
    const cure = "a share from 0 to 1 or a whole number of devices from 2";
    throw invalid("phase_value", `is required with phase_mode 'numeric': ${cure}`);
  }
  if (fields.phase_mode === "tags" && fields.phase_tags === null) {
    throw invalid("phase_tags", "must name at least one tag with phase_mode 'tags'");
  }
}
