import { ApiError } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import type { BinaryRow, Tables } from "../database/tables.ts";
import type { Principal } from "../http/principal.ts";

/** Remembers that the caller brought content for this upload of the binary. */
export async function contribute(
  transaction: Transaction<Tables>,
  row: BinaryRow,
  principal: Principal,
): Promise<void> {
  await transaction
    .insertInto("binary_contributors")
    .values({
      organization_id: row.organization_id,
      binary_id: row.id,
      revision: row.revision,
      actor_prn: principal.actor,
      creator_prn: await creatorOf(transaction, principal),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Who brought the content of one record brought that of another that shares it. */
export async function contributeLike(
  transaction: Transaction<Tables>,
  row: BinaryRow,
  other: BinaryRow,
): Promise<void> {
  const { organization_id, id: binary_id, revision } = row;
  const contributors = await transaction
    .selectFrom("binary_contributors")
    .select(["actor_prn", "creator_prn"])
    .where("organization_id", "=", organization_id)
    .where("binary_id", "=", other.id)
    .where("revision", "=", other.revision)
    .execute();
  if (contributors.length === 0) return;
  await transaction
    .insertInto("binary_contributors")
    .values(contributors.map((contributor) => ({ organization_id, binary_id, revision, ...contributor })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Who made the caller's key; null for a person, and for a key that the server made. */
async function creatorOf(transaction: Transaction<Tables>, principal: Principal): Promise<string | null> {
  if (principal.keyId === null) return null;
  const key = await transaction
    .selectFrom("api_keys")
    .select("creator_prn")
    .where("organization_id", "=", principal.organizationId)
    .where("id", "=", principal.keyId)
    .executeTakeFirst();
  return key?.creator_prn ?? null;
}

/**
 * Separation of duties: whoever brought the content may not sign it, neither by a key of their own making, nor as the
 * maker of the key that brought it. Two keys that the same person made for two others count as two.
 * @throws ApiError 403 that names the contributor.
 */
export async function requireOtherSigner(
  transaction: Transaction<Tables>,
  row: BinaryRow,
  principal: Principal,
): Promise<void> {
  const contributors = await transaction
    .selectFrom("binary_contributors")
    .select(["actor_prn", "creator_prn"])
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .where("revision", "=", row.revision)
    .execute();
  const creator = await creatorOf(transaction, principal);
  const own = contributors.find(
    ({ actor_prn, creator_prn }) =>
      actor_prn === principal.actor || creator_prn === principal.actor || actor_prn === creator,
  );
  if (!own) return;
  const detail = `this organization asks for a signer other than the uploader; '${own.actor_prn}' uploaded this binary`;
  throw new ApiError("forbidden", detail);
}
