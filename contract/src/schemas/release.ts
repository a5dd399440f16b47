import { type Static, Type } from "typebox";
import { Name, NullablePrn, NullableString, Prn, stored, Time, Timestamp } from "./common.ts";
import { LongDescription, NullableTags } from "./fleet.ts";

export const phaseModes = ["numeric", "tags"] as const;
export type PhaseMode = (typeof phaseModes)[number];

export const maxPhaseValue = 1_000_000_000;

const PhaseModeName = Type.Unsafe<PhaseMode>({ type: "string", enum: phaseModes });

const phaseValueWords =
  "0 to 1: a share of the cohort; a whole number from 2: a count of devices. 1 means all, for good.";

const NullablePhaseValue = Type.Unsafe<number | null>({
  type: ["number", "null"],
  minimum: 0,
  maximum: maxPhaseValue,
  description: phaseValueWords,
});

const NullableNumber = Type.Unsafe<number | null>({ type: ["number", "null"] });

/** When a release stops by itself: so many of its devices failed. */
const FailureShare = Type.Unsafe<number | null>({
  type: ["number", "null"],
  exclusiveMinimum: 0,
  maximum: 1,
  description: "The release halts by itself when this share of the devices that ended have failed; null: never.",
});
const FailureMinimum = Type.Integer({
  minimum: 1,
  maximum: maxPhaseValue,
  description: "Failures below this number never halt it. Default: 1.",
});

export const Release = Type.Object(
  {
    ...stored,
    bundle_prn: Prn,
    cohort_prn: Prn,
    name: Type.String(),
    description: NullableString,
    required: Type.Boolean({ description: "Devices can't skip it." }),
    disabled: Type.Boolean({ description: "Never served." }),
    schedule_date: Timestamp,
    schedule_complete: Type.Boolean({ description: "Whether that date has passed." }),
    phase_mode: PhaseModeName,
    phase_value: Type.Unsafe<number | null>({ ...NullableNumber, description: phaseValueWords }),
    phase_tags: NullableTags,
    phase_type: Type.Unsafe<"percent" | "static" | null>({
      type: ["string", "null"],
      enum: ["percent", "static", null],
      description: "What `phase_value` is: a share or a count.",
    }),
    next_release_prn: NullableString,
    previous_release_prn: Type.Unsafe<string | null>({
      ...NullableString,
      description: "A release whose next one this is: the newest of them, where there are several.",
    }),
    version: NullableString,
    version_requirement: NullableString,
    failure_share: FailureShare,
    failure_minimum: FailureMinimum,
    paused_at: Type.Unsafe<string | null>({
      ...NullableString,
      description: "Serves no device that has not claimed it.",
    }),
    halted_at: Type.Unsafe<string | null>({ ...NullableString, description: "When too many failures paused it." }),
  },
  { title: "Release" },
);
export type Release = Static<typeof Release>;

const VersionText = Type.Unsafe<string | null>({
  type: ["string", "null"],
  maxLength: 256,
  description: "A version as Elixir's `Version` takes it (SemVer 2.0), or null.",
});
const RequirementText = Type.Unsafe<string | null>({
  type: ["string", "null"],
  maxLength: 1024,
  description: "A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null.",
});

const releaseFields = {
  description: Type.Optional(LongDescription),
  disabled: Type.Optional(Type.Boolean()),
  phase_mode: Type.Optional(PhaseModeName),
  phase_value: Type.Optional(NullablePhaseValue),
  phase_tags: Type.Optional(NullableTags),
  version: Type.Optional(VersionText),
  version_requirement: Type.Optional(RequirementText),
  /** The official document spells it so. */
  "version-requirement": Type.Optional(RequirementText),
  failure_share: Type.Optional(FailureShare),
  failure_minimum: Type.Optional(FailureMinimum),
};

/** The official CLI names releases as it names bundles. */
const ReleaseName = Type.String({ ...Name, maxLength: 512 });

export const CreateRelease = Type.Object({
  bundle_prn: Prn,
  cohort_prn: Prn,
  name: ReleaseName,
  required: Type.Boolean(),
  schedule_date: Time,
  next_release_prn: Type.Optional(NullablePrn),
  previous_release_prn: Type.Optional(NullablePrn),
  ...releaseFields,
});
export type CreateRelease = Static<typeof CreateRelease>;

/** A release that isn't made; what it would be called doesn't matter. */
export const PreviewRelease = Type.Object({
  ...CreateRelease.properties,
  name: Type.Optional(ReleaseName),
  required: Type.Optional(Type.Boolean()),
  schedule_date: Type.Optional(Type.String({ ...Time, description: "Default: now." })),
});
export type PreviewRelease = Static<typeof PreviewRelease>;

/** What a device would do with a release, and if it doesn't get it, why. */
export const previewOutcomes = [
  "gets",
  "another_release",
  "overridden",
  "there",
  "unplaced",
  "held",
  "other_version",
  "other_tags",
] as const;
export type PreviewOutcome = (typeof previewOutcomes)[number];

const outcomeWords: Record<PreviewOutcome, string> = {
  gets: "The next time it asks, as long as the phase's limit isn't reached.",
  another_release: "Gets another one in its place: a required one before it, or one further ahead.",
  overridden: "A bundle override decides for it.",
  there: "Runs it already, or what comes after it.",
  unplaced: "Nobody knows where it is in the channel: nothing that it reported is there, nor fits a requirement.",
  held: "Waits before a required release that it can't have.",
  other_version: "Its version doesn't satisfy `version_requirement`.",
  other_tags: "Has none of the tags.",
};

const PreviewOutcomeName = Type.Unsafe<PreviewOutcome>({ type: "string", enum: previewOutcomes });

const outcomeCounts = Object.fromEntries(
  previewOutcomes.map((outcome) => [outcome, Type.Integer({ description: outcomeWords[outcome] })]),
) as Record<PreviewOutcome, ReturnType<typeof Type.Integer>>;

export const ReleasePreview = Type.Object(
  {
    from: Type.Unsafe<string>({
      ...Timestamp,
      description: "The time that it was looked at for: `schedule_date`, or now.",
    }),
    cohort_devices: Type.Integer({ description: "Devices in the cohort now, without quarantined ones." }),
    examined: Type.Integer({ description: "Of these, how many were looked at: the newest, up to 10,000." }),
    limit: Type.Unsafe<number | null>({
      type: ["integer", "null"],
      description: "How many devices the phase lets have it; null: no bound.",
    }),
    eligible: Type.Integer({
      description: "Of the examined, how many would get it; none while it is disabled or withheld.",
    }),
    outcomes: Type.Object(outcomeCounts, { description: "All that were examined, one count for each reason." }),
    devices: Type.Array(
      Type.Object({
        prn: Prn,
        identifier: Type.String(),
        reported_release_version: NullableString,
        outcome: PreviewOutcomeName,
      }),
      { description: "The newest ten of each outcome." },
    ),
    previous_release_prn: Type.Unsafe<string | null>({ ...NullableString, description: "What would lead to it." }),
    next_release_prn: Type.Unsafe<string | null>({ ...NullableString, description: "What would follow it." }),
    withheld: Type.Unsafe<string | null>({
      ...NullableString,
      description: "Why its bundle would be served to nobody.",
    }),
  },
  { title: "ReleasePreview" },
);
export type ReleasePreview = Static<typeof ReleasePreview>;

export const UpdateRelease = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(ReleaseName),
  required: Type.Optional(Type.Boolean()),
  schedule_date: Type.Optional(Time),
  next_release_prn: Type.Optional(NullablePrn),
  ...releaseFields,
});
export type UpdateRelease = Static<typeof UpdateRelease>;

/** How far a device has come with a release that was served to it. */
export const claimStates = ["claimed", "downloading", "installing", "done", "failed"] as const;
export type ClaimState = (typeof claimStates)[number];

const ClaimStateName = Type.Unsafe<ClaimState>({ type: "string", enum: claimStates });

export const ReleaseClaim = Type.Object(
  {
    ...stored,
    release_prn: Prn,
    device_prn: Prn,
    state: ClaimStateName,
    detail: Type.Unsafe<string | null>({ ...NullableString, description: "What the device said of it last." }),
  },
  { title: "ReleaseClaim" },
);
export type ReleaseClaim = Static<typeof ReleaseClaim>;

export const Rollout = Type.Object(
  {
    release_prn: Prn,
    state: Type.Unsafe<"scheduled" | "active" | "paused" | "halted" | "disabled">({
      type: "string",
      enum: ["scheduled", "active", "paused", "halted", "disabled"],
    }),
    cohort_devices: Type.Integer({ description: "Devices in the cohort now, without quarantined ones." }),
    eligible: Type.Integer({ description: "Devices that its phase lets have it: by share, count or tags." }),
    claimed: Type.Integer({ description: "Devices it was served to and that said nothing more." }),
    downloading: Type.Integer(),
    installing: Type.Integer(),
    done: Type.Integer(),
    failed: Type.Integer(),
    withheld: Type.Unsafe<string | null>({
      ...NullableString,
      description: "Why it serves nobody although it is active: a member that is destroyed, or no live signature.",
    }),
  },
  { title: "Rollout" },
);
export type Rollout = Static<typeof Rollout>;
