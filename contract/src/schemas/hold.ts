import { type Static, Type } from "typebox";
import { Time, Timestamp } from "./common.ts";

/** Years ahead that a hold may last at most: it can't be taken back, not even a mistaken one. */
export const maxHoldYears = 100;

/** Nobody removes what is held before that. */
export const Hold = Type.Object({ until: Timestamp, reason: Type.String() }, { title: "Hold" });
export type Hold = Static<typeof Hold>;

export const NullableHold = Type.Unsafe<Hold | null>({
  ...Hold,
  type: ["object", "null"],
  description: "Until when nobody may remove its content, and why; null for no hold, or one that is over.",
});

export const PlaceHold = Type.Object({
  until: Time,
  reason: Type.String({
    minLength: 1,
    maxLength: 256,
    pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$",
    "x-expected": "text without control characters",
  }),
});
export type PlaceHold = Static<typeof PlaceHold>;
