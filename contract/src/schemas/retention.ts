/** What becomes of what a rule doesn't keep. */
export const retentionActions = ["archive", "destroy"] as const;
export type RetentionAction = (typeof retentionActions)[number];
