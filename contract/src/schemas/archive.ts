import { Type } from "typebox";

/** What is being done with the class of a content in its store. */
export const archiveSteps = ["archiving", "restoring"] as const;
export type ArchiveStep = (typeof archiveSteps)[number];

export const contentAvailabilities = ["available", "archived", ...archiveSteps] as const;
export type ContentAvailability = (typeof contentAvailabilities)[number];

export const Availability = Type.Unsafe<ContentAvailability>({
  type: "string",
  enum: contentAvailabilities,
  description:
    "Whether the content can be read: `archived` in a class of its store from which it can't, on its way there (`archiving`) or " +
    "back (`restoring`).",
});
