import { classes } from "./classes.ts";

type Tone = "good" | "info" | "warn" | "bad" | "quiet";

const tones: Record<Tone, string> = {
  good: "text-accent bg-accent-soft",
  info: "text-info bg-info-soft",
  warn: "text-warn bg-warn-soft",
  bad: "text-bad bg-bad-soft",
  quiet: "text-muted bg-hover",
};

/** What a state means to who looks at it, whatever the thing is that has it. */
const toneOf: Record<string, Tone> = {
  uploadable: "warn",
  hashable: "info",
  hashing: "info",
  signable: "info",
  signed: "good",
  destroyed: "quiet",
  valid: "good",
  invalid_size: "bad",
  invalid_hash: "bad",
  enabled: "good",
  disabled: "bad",
  active: "good",
  inactive: "quiet",
  revoked: "bad",
  expired: "bad",
  accepted: "good",
  archived: "quiet",
  available: "good",
  archiving: "info",
  restoring: "info",
  scheduled: "info",
  ended: "quiet",
  known: "good",
  quarantined: "bad",
  pending: "info",
  delivered: "good",
  failed: "bad",
  done: "good",
  denied: "bad",
  running: "info",
  paused: "warn",
  halted: "bad",
  cancelled: "quiet",
  admin: "quiet",
  developer: "quiet",
  signer: "quiet",
  viewer: "quiet",
};

/** States that change by themselves soon. */
const moving = new Set(["hashable", "hashing", "pending", "running", "archiving", "restoring"]);

export function StateBadge({ state, tone, title }: { state: string; tone?: Tone; title?: string }) {
  return (
    <span
      title={title}
      data-state={state}
      className={classes(
        "inline-flex h-5 items-center gap-1.5 rounded-full px-2 text-2xs font-medium whitespace-nowrap",
        tones[tone ?? toneOf[state] ?? "quiet"],
      )}
    >
      <span
        className={classes(
          "size-1.5 rounded-full bg-current",
          moving.has(state) && "animate-[pulse-soft_1.2s_ease-in-out_infinite]",
        )}
      />
      {state.replaceAll("_", " ")}
    </span>
  );
}
