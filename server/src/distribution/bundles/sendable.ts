import { ApiError, resourcePrn } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import type { Tables } from "../../database/tables.ts";

/** Binaries that a refusal names. */
const maxNamed = 20;

/**
 * Whether devices may be sent a bundle: nothing in it is archived, nor still on its way back from an archive. To be called
 * in the transaction from which on they are. @throws ApiError 409
 */
export async function requireSendable(
  transaction: Transaction<Tables>,
  organizationId: string,
  bundleId: string,
): Promise<void> {
  const rows = await transaction
    .selectFrom("bundle_binaries as m")
    .innerJoin("binaries as b", (join) =>
      join.onRef("b.organization_id", "=", "m.organization_id").onRef("b.id", "=", "m.binary_id"),
    )
    .select(["b.id", "b.archived_at"])
    .where("m.organization_id", "=", organizationId)
    .where("m.bundle_id", "=", bundleId)
    .where((eb) => eb.or([eb("b.archived_at", "is not", null), eb("b.archive_readable", "=", 0)]))
    .orderBy("m.position")
    .limit(maxNamed)
    .execute();
  if (rows.length === 0) return;
  const archived = rows.filter(({ archived_at }) => archived_at !== null);
  const names = (archived.length > 0 ? archived : rows).map(
    ({ id }) => `'${resourcePrn(organizationId, "binary", id)}'`,
  );
  const bundle = `the bundle '${resourcePrn(organizationId, "bundle", bundleId)}' has`;
  throw new ApiError(
    "conflict",
    archived.length > 0
      ? `${bundle} archived binaries: ${names.join(", ")}; take them back first`
      : `${bundle} binaries that are still being restored from an archive: ${names.join(", ")}; wait for them`,
  );
}
