import { organizationPrn, parsePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { difference, record } from "../activity/record.ts";
import type { OrganizationRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import { theServer } from "../http/principal.ts";
import type { Clock } from "../platform.ts";

const columns = {
  "stored-bytes": "stored_bytes_limit",
  binaries: "binaries_limit",
  "part-size": "part_size_limit",
  "monthly-download-bytes": "monthly_download_bytes_limit",
} as const;

type LimitColumn = (typeof columns)[keyof typeof columns];

/**
 * Sets limits of an organization, from words such as `stored-bytes=1000000`, and tells all that it has then: null stands
 * for the server's default, 0 for none. Only who runs the server can; there is no way over the API.
 * @throws Error that says which word is wrong
 */
export async function setLimits(
  db: Kysely<Tables>,
  clock: Clock,
  prn: string,
  assignments: string[],
): Promise<Pick<OrganizationRow, LimitColumn>> {
  const parsed = parsePrn(prn);
  if (parsed?.kind !== "organization") throw new Error(`'${prn}' is not an organization; it must look like prn:1:UUID`);
  const changes = Object.fromEntries(assignments.map(readAssignment));
  const now = timestamp(clock.now());
  return changing(db, parsed.organizationId, async (transaction) => {
    const before = await transaction
      .selectFrom("organizations")
      .selectAll()
      .where("id", "=", parsed.organizationId)
      .executeTakeFirst();
    if (!before) throw new Error(`there is no organization '${prn}' on this server`);
    const after = await transaction
      .updateTable("organizations")
      .set({ ...changes, updated_at: now })
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(transaction, {
      organizationId: before.id,
      by: { ...theServer, name: "operator" },
      type: "organization",
      subtype: "limited",
      resource: organizationPrn(before.id),
      ...difference(before, after),
      at: now,
    });
    return Object.fromEntries(Object.values(columns).map((column) => [column, after[column]])) as Pick<
      OrganizationRow,
      LimitColumn
    >;
  });
}

function readAssignment(assignment: string): [LimitColumn, number | null] {
  const [name, value] = assignment.split("=");
  const column = Object.entries(columns).find(([known]) => known === name)?.[1];
  if (!column) {
    throw new Error(`'${assignment}' must be NAME=VALUE with one of ${Object.keys(columns).join(", ")} as name`);
  }
  if (value === "default") return [column, null];
  if (value === "none") return [column, 0];
  const number = Number(value);
  if (value && Number.isSafeInteger(number) && number > 0) return [column, number];
  throw new Error(`${name} must be a whole number above 0, 'none' or 'default'; got '${value ?? ""}'`);
}
