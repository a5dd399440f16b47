import { type Static, Type } from "typebox";
import { ListQuery, NullableInteger, NullableString, Prn, Timestamp } from "./common.ts";

/** What becomes of what a rule doesn't keep. */
export const retentionActions = ["archive", "destroy"] as const;
export type RetentionAction = (typeof retentionActions)[number];

/** Why a rule leaves a binary as it is. */
export const keepReasons = ["last", "young", "reported", "released", "sent", "held", "archived"] as const;
export type KeepReason = (typeof keepReasons)[number];

const Action = Type.Unsafe<RetentionAction>({ type: "string", enum: retentionActions });

const keepReported = "Keep what any device says that it runs.";
const keepReleased = "Keep what any release names, also a disabled one.";

export const RetentionRule = Type.Object(
  {
    artifact_prn: Prn,
    enabled: Type.Boolean({ description: "Whether it is applied in the background." }),
    action: Action,
    keep_last: NullableInteger,
    keep_days: NullableInteger,
    keep_reported: Type.Boolean({ description: keepReported }),
    keep_released: Type.Boolean({ description: keepReleased }),
    applied_at: Type.Unsafe<string | null>({ ...NullableString, description: "When it last was, in the background." }),
    inserted_at: Timestamp,
    updated_at: Timestamp,
  },
  { title: "RetentionRule" },
);
export type RetentionRule = Static<typeof RetentionRule>;

const atLeastOne = (description: string, maximum: number) =>
  Type.Optional(Type.Unsafe<number | null>({ type: ["integer", "null"], minimum: 1, maximum, description }));

/** One of `keep_last` and `keep_days` is needed: a rule that keeps nothing by itself is a mistake. */
export const SetRetentionRule = Type.Object({
  enabled: Type.Optional(Type.Boolean({ default: false })),
  action: Action,
  keep_last: atLeastOne("So many of the newest of each target are kept.", 1_000_000),
  keep_days: atLeastOne("For so many days after it was created everything is kept.", 36_500),
  keep_reported: Type.Optional(Type.Boolean({ default: true, description: keepReported })),
  keep_released: Type.Optional(Type.Boolean({ default: true, description: keepReleased })),
});
export type SetRetentionRule = Static<typeof SetRetentionRule>;

export const RetentionPlanQuery = Type.Object({
  limit: ListQuery.properties.limit,
  order: ListQuery.properties.order,
  page: ListQuery.properties.page,
  kept: Type.Optional(Type.Boolean({ default: true, description: "false leaves out what is kept." })),
});
export type RetentionPlanQuery = Static<typeof RetentionPlanQuery>;

export const PlannedBinary = Type.Object(
  {
    prn: Type.String({ description: "The binary." }),
    artifact_version_prn: Prn,
    version: Type.String(),
    target: Type.String(),
    state: Type.String(),
    size: Type.Integer(),
    archived: Type.Boolean(),
    inserted_at: Timestamp,
    action: Type.Unsafe<RetentionAction | "keep">({ type: "string", enum: ["keep", ...retentionActions] }),
    reasons: Type.Array(Type.Unsafe<KeepReason>({ type: "string", enum: keepReasons }), {
      description:
        "Why it is kept: among the `last`, `young`er than `keep_days`, `reported` by a device, `released`, `sent` to devices by " +
        "a release that isn't disabled or an override that hasn't ended, `held`, `archived` already.",
    }),
  },
  { title: "PlannedBinary" },
);
export type PlannedBinary = Static<typeof PlannedBinary>;

export const RetentionPlan = Type.Object({
  retention_plan: Type.Array(PlannedBinary),
  next_page: NullableString,
  summary: Type.Object({
    kept_binaries: Type.Integer(),
    kept_bytes: Type.Integer(),
    leaving_binaries: Type.Integer({ description: "That would be archived or destroyed." }),
    leaving_bytes: Type.Integer(),
  }),
});

export const RetentionRun = Type.Object(
  {
    archived: Type.Integer(),
    destroyed: Type.Integer(),
    bytes: Type.Integer(),
    more: Type.Boolean({ description: "Whether there is more to do: call it again." }),
  },
  { title: "RetentionRun" },
);
export type RetentionRun = Static<typeof RetentionRun>;
