import type { Resources } from "../../api/resources.ts";

/** Whether an override decides for its devices at this time. */
export function stateOf({ starts_at, ends_at }: Resources["bundle_overrides"], now = Date.now()): string {
  if (Date.parse(starts_at) > now) return "scheduled";
  return ends_at !== null && Date.parse(ends_at) <= now ? "ended" : "active";
}
