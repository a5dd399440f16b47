export * from "./accounts.ts";
export * from "./activity.ts";
export * from "./binaries.ts";
export * from "./catalog.ts";
export type { Operation } from "./operation.ts";
export * from "./people.ts";
export * from "./signing.ts";
export * from "./statistics.ts";
export * from "./webhooks.ts";
