import { type Static, Type } from "typebox";
import { NullableString, Timestamp } from "./common.ts";

/** What can be wrong with the content of a verified binary. */
export const contentFaults = ["missing", "no_content", "wrong_size", "wrong_hash"] as const;
export type ContentFault = (typeof contentFaults)[number];

/** Why content is served to nobody. */
export const Quarantine = Type.Object(
  {
    fault: Type.Unsafe<ContentFault>({ type: "string", enum: contentFaults }),
    detail: Type.String(),
    at: Timestamp,
  },
  { title: "Quarantine" },
);
export type Quarantine = Static<typeof Quarantine>;

export const checkNames = ["scrub", "fsck", "fsck_deep"] as const;
export type CheckName = (typeof checkNames)[number];

/** A comparison of all records with all content. */
export const ContentCheck = Type.Object(
  {
    name: Type.Unsafe<CheckName>({
      type: "string",
      enum: checkNames,
      description:
        "`scrub` reads all content in the background, as does `fsck_deep` on command; `fsck` compares sizes.",
    }),
    started_at: Timestamp,
    completed_at: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "Null while it is not through.",
    }),
    last_completed_at: NullableString,
  },
  { title: "ContentCheck" },
);
export type ContentCheck = Static<typeof ContentCheck>;
