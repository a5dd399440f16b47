import {
  notFound,
  type Organization,
  organizationPrn,
  parsePrn,
  type UpdateOrganization,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { difference, record } from "../activity/record.ts";
import type { OrganizationRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { type Principal, theServer } from "../http/principal.ts";
import type { Clock, Platform } from "../platform.ts";

/** Call in a transaction. */
export async function createOrganization(db: Kysely<Tables>, clock: Clock, name: string): Promise<OrganizationRow> {
  const now = timestamp(clock.now());
  const row: OrganizationRow = {
    id: uuidv7(),
    name,
    stored_bytes_limit: null,
    binaries_limit: null,
    part_size_limit: null,
    monthly_download_bytes_limit: null,
    separate_signer: 0,
    required_signatures: 1,
    inserted_at: now,
    updated_at: now,
  };
  await db.insertInto("organizations").values(row).execute();
  await db.insertInto("organization_usage").values({ organization_id: row.id, stored_bytes: 0, binaries: 0 }).execute();
  await record(db, {
    organizationId: row.id,
    by: theServer,
    type: "organization",
    subtype: "created",
    resource: organizationPrn(row.id),
    after: { name },
    at: now,
  });
  return row;
}

export async function getOrganization({ db }: Platform, principal: Principal, prn: string): Promise<Organization> {
  return show(await findOrganization(db, principal, prn));
}

async function findOrganization(db: Kysely<Tables>, principal: Principal, prn: string): Promise<OrganizationRow> {
  const parsed = parsePrn(prn);
  if (parsed?.kind !== "organization" || parsed.organizationId !== principal.organizationId) {
    throw notFound("organization", prn);
  }
  return db
    .selectFrom("organizations")
    .selectAll()
    .where("id", "=", principal.organizationId)
    .executeTakeFirstOrThrow();
}

export async function updateOrganization(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  { name, separate_signer, required_signatures }: UpdateOrganization,
): Promise<Organization> {
  return changing(db, principal.organizationId, async (transaction) => {
    const before = await findOrganization(transaction, principal, prn);
    const after = await transaction
      .updateTable("organizations")
      .set({
        ...(name !== undefined && { name }),
        ...(separate_signer !== undefined && { separate_signer: separate_signer ? 1 : 0 }),
        ...(required_signatures !== undefined && { required_signatures }),
        updated_at: timestamp(clock.now()),
      })
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(transaction, {
      organizationId: before.id,
      by: principal,
      type: "organization",
      subtype: "updated",
      resource: prn,
      ...difference(before, after),
      at: after.updated_at,
    });
    return show(after);
  });
}

function show(row: OrganizationRow): Organization {
  return {
    prn: organizationPrn(row.id),
    name: row.name,
    separate_signer: row.separate_signer === 1,
    required_signatures: row.required_signatures,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
