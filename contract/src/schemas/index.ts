export * from "./api-key.ts";
export * from "./artifact.ts";
export * from "./audit-log.ts";
export * from "./binary.ts";
export * from "./common.ts";
export * from "./organization.ts";
export * from "./signing.ts";
export * from "./webhook.ts";
