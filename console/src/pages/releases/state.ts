import type { Resources } from "../../api/resources.ts";

/** What a release is in, the strongest reason first; as `GET /releases/{prn}/rollout` says it. */
export function stateOf({ disabled, halted_at, paused_at, schedule_complete }: Resources["releases"]): string {
  if (disabled) return "disabled";
  if (halted_at !== null) return "halted";
  if (paused_at !== null) return "paused";
  return schedule_complete ? "active" : "scheduled";
}

/** Whom it is for, in words. */
export function phaseOf({ phase_mode, phase_type, phase_value, phase_tags }: Resources["releases"]): string {
  if (phase_mode === "tags") return `devices with the tags ${phase_tags?.join(", ") ?? ""}`;
  if (phase_value === null || phase_value === 1) return "all devices";
  return phase_type === "percent" ? `${percentOf(phase_value)} % of the devices` : `${phase_value} devices`;
}

/** A share without the errors of its binary fraction: 0.07 is 7. */
export function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}
