import { notFound, type Organization, organizationPrn, parsePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { OrganizationRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Principal } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";

export async function createOrganization(db: Kysely<Tables>, clock: Clock, name: string): Promise<OrganizationRow> {
  const now = timestamp(clock.now());
  const row = { id: uuidv7(), name, inserted_at: now, updated_at: now };
  await db.insertInto("organizations").values(row).execute();
  return row;
}

export async function getOrganization(platform: Platform, principal: Principal, prn: string): Promise<Organization> {
  const parsed = parsePrn(prn);
  if (parsed?.kind !== "organization" || parsed.organizationId !== principal.organizationId) {
    throw notFound("organization", prn);
  }
  const row = await platform.db
    .selectFrom("organizations")
    .selectAll()
    .where("id", "=", principal.organizationId)
    .executeTakeFirstOrThrow();
  return show(row);
}

export async function renameOrganization(
  platform: Platform,
  principal: Principal,
  prn: string,
  name: string | undefined,
): Promise<Organization> {
  const organization = await getOrganization(platform, principal, prn);
  if (name === undefined) return organization;
  const row = await platform.db
    .updateTable("organizations")
    .set({ name, updated_at: timestamp(platform.clock.now()) })
    .where("id", "=", principal.organizationId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return show(row);
}

function show({ id, ...row }: OrganizationRow): Organization {
  return { prn: organizationPrn(id), ...row };
}
