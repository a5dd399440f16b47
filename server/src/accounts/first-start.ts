import { organizationPrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { theServer } from "../http/principal.ts";
import type { Clock } from "../platform.ts";
import { addApiKey } from "./api-keys.ts";
import { createOrganization } from "./organizations.ts";

export interface NewOrganization {
  prn: string;
  /** The value of its first API key, to be shown once. */
  apiKey: string;
}

/** Makes an organization with one key that may do everything, or nothing at all. */
export async function foundOrganization(
  db: Kysely<Tables>,
  clock: Clock,
  name: string,
  apiKey: string,
): Promise<NewOrganization> {
  return db.transaction().execute(async (transaction) => {
    const organization = await createOrganization(transaction, clock, name);
    const key = await addApiKey(transaction, clock, organization.id, theServer, {
      name: "first key",
      scopes: ["admin"],
      expiresAt: null,
      ...(apiKey !== "" && { value: apiKey }),
    });
    return { prn: organizationPrn(organization.id), apiKey: key.value };
  });
}

/** At the very first start: the first organization. Null when there is one already. */
export async function foundFirstOrganization(
  db: Kysely<Tables>,
  clock: Clock,
  apiKey: string,
): Promise<NewOrganization | null> {
  const existing = await db.selectFrom("organizations").select("id").limit(1).executeTakeFirst();
  return existing ? null : foundOrganization(db, clock, "Default organization", apiKey);
}
