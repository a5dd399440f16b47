import type { components } from "@open-peridio/sdk";
import { FieldProblem, type Values } from "../../ui/form.tsx";
import { fromLocalField } from "../../ui/local-time.ts";
import { readTags } from "../../ui/tags.ts";

export type ReleaseBody = components["schemas"]["Release"] extends infer R ? Partial<R> : never;

/** How the form asks whom a release is for; the API knows shares and counts by the size of one number. */
export const audiences = ["all", "share", "count", "tags"] as const;
export type Audience = (typeof audiences)[number];

/** What create and edit ask for, as the API takes it. @throws FieldProblem */
export function readRelease(values: Values): ReleaseBody {
  return {
    name: values.name ?? "",
    description: values.description ?? null,
    version: values.version ?? null,
    version_requirement: values.version_requirement ?? null,
    required: values.required === "on",
    disabled: values.disabled === "on",
    ...readAudience(values),
    failure_share: values.failure_share === undefined ? null : readPercent("failure_share", values.failure_share),
    ...(values.failure_minimum !== undefined && {
      failure_minimum: readCount("failure_minimum", values.failure_minimum),
    }),
    ...readSchedule(values),
  };
}

/** Nothing where the form didn't ask: everybody may have it already, for good. */
function readAudience({ audience, phase_value: value, phase_tags: tags }: Values): ReleaseBody {
  if (audience === "all") return { phase_mode: "numeric", phase_value: 1 };
  if (audience === "share") return { phase_mode: "numeric", phase_value: readPercent("phase_value", value) };
  if (audience === "count") {
    const devices = readCount("phase_value", value);
    // The API takes 1 for all of them.
    if (devices === 1) throw new FieldProblem("phase_value", "must be 2 or more; for one device use an override");
    return { phase_mode: "numeric", phase_value: devices };
  }
  if (audience === "tags") {
    const words = readTags(tags);
    if (words === null) throw new FieldProblem("phase_tags", "must name at least one tag");
    return { phase_mode: "tags", phase_tags: words };
  }
  return {};
}

function readSchedule({ when, schedule_date: date }: Values): ReleaseBody {
  if (when === "now") return { schedule_date: new Date().toISOString() };
  if (when !== "at") return {};
  const time = fromLocalField(date ?? "");
  if (time === null) throw new FieldProblem("schedule_date", "must be a day and a time");
  return { schedule_date: time };
}

function readPercent(field: string, text: string | undefined): number {
  const percent = Number(text);
  if (text !== undefined && percent >= 0 && percent <= 100) return Number((percent / 100).toPrecision(12));
  throw new FieldProblem(field, `must be 0 to 100 %; got “${text ?? ""}”`);
}

function readCount(field: string, text: string | undefined): number {
  const count = Number(text);
  if (text !== undefined && Number.isInteger(count) && count > 0) return count;
  throw new FieldProblem(field, `must be a whole number of devices; got “${text ?? ""}”`);
}
