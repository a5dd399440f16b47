import { organizationPrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { inTransaction, takeTurn } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import type { Clock } from "../platform.ts";
import { addApiKey } from "./api-keys.ts";
import { createOrganization } from "./organizations.ts";

export interface NewOrganization {
  prn: string;
  /** The value of its first API key, to be shown once. */
  apiKey: string;
}

/** What else belongs to an organization from the beginning, made in the same transaction. */
type AlsoMake = (transaction: Kysely<Tables>, organizationId: string, now: string) => Promise<void>;

/** Makes an organization with one key that may do everything, or nothing at all. */
export async function foundOrganization(
  db: Kysely<Tables>,
  clock: Clock,
  name: string,
  apiKey: string,
): Promise<NewOrganization> {
  return inTransaction(db, (transaction) => found(transaction, clock, name, apiKey));
}

async function found(
  transaction: Kysely<Tables>,
  clock: Clock,
  name: string,
  apiKey: string,
  also?: AlsoMake,
): Promise<NewOrganization> {
  const organization = await createOrganization(transaction, clock, name);
  const key = await addApiKey(transaction, clock, organization.id, theServer, {
    name: "first key",
    scopes: ["admin"],
    expiresAt: null,
    ...(apiKey !== "" && { value: apiKey }),
  });
  await also?.(transaction, organization.id, organization.inserted_at);
  return { prn: organizationPrn(organization.id), apiKey: key.value };
}

/** The first organization; null when another replica was first. */
export async function foundFirstOrganization(
  db: Kysely<Tables>,
  clock: Clock,
  apiKey: string,
  also: AlsoMake,
): Promise<NewOrganization | null> {
  return inTransaction(db, async (transaction) => {
    await takeTurn(transaction, "first start");
    if (!(await isFirstStart(transaction))) return null;
    return found(transaction, clock, "Default organization", apiKey, also);
  });
}

/** Whether this server never had an organization. */
export async function isFirstStart(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom("organizations").select("id").limit(1).executeTakeFirst()) === undefined;
}
