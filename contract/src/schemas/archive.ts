/** What is being done with the class of a content in its store. */
export const archiveSteps = ["archiving", "restoring"] as const;
export type ArchiveStep = (typeof archiveSteps)[number];
