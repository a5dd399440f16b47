import { shellWord } from "../../ui/cli-hint.tsx";
import type { ReleaseBody } from "./body.ts";

/** What creating or changing a release is in a shell. */
export function releaseCommand(what: string, body: ReleaseBody): string {
  const { phase_mode: mode, phase_value: value, phase_tags: tags } = body;
  const options: [string, string | number | boolean | null | undefined][] = [
    ["bundle-prn", body.bundle_prn],
    ["cohort-prn", body.cohort_prn],
    ["name", body.name || undefined],
    ["version", body.version],
    ["version-requirement", body.version_requirement],
    ["phase-value", mode === "numeric" ? value : undefined],
    ["phase-tags", mode === "tags" ? tags?.join(",") : undefined],
    ["schedule-date", body.schedule_date],
    ["next-release-prn", body.next_release_prn],
    ["previous-release-prn", body.previous_release_prn],
    ["failure-share", body.failure_share],
    ["failure-minimum", body.failure_minimum],
    ["disabled", body.disabled || undefined],
  ];
  const given = options.filter(([, given]) => given !== null && given !== undefined);
  const words = given.map(([name, given]) => `--${name} ${shellWord(String(given))}`);
  return [`npx peridio releases ${what}`, ...words, ...(body.required ? ["--required"] : [])].join(" ");
}
