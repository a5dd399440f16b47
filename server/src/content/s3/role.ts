import { randomUUID } from "node:crypto";
import { credentialsOf } from "./client.ts";
import type { S3Settings } from "./settings.ts";

/**
 * Assumes the role, and shows that its trust policy insists on the external id: a role that could be assumed with any other
 * might be somebody else's, who trusts this server for another reason.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @throws Error that says so, and what Amazon says
 */
export async function checkRole(settings: S3Settings): Promise<void> {
  await assume(settings);
  const assumed = await assume({ ...settings, externalId: randomUUID() }).then(
    () => true,
    (error: { name?: string }) => {
      if (error.name === "AccessDenied") return false;
      throw error;
    },
  );
  if (assumed) throw new Error(`${settings.role} can be assumed with any external id`);
}

function assume(settings: S3Settings): Promise<unknown> {
  const credentials = credentialsOf(settings) as () => Promise<unknown>;
  return credentials();
}
