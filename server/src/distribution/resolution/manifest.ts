import type { KeyAlgorithm, SignedMessage } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import { keptOf } from "../../binaries/shared-content.ts";
import { dialectOf } from "../../database/dialect.ts";
import { prepared } from "../../database/prepared.ts";
import type { Tables } from "../../database/tables.ts";
import { type Downloadable, fileName } from "../../delivery/download-link.ts";
import { members } from "./members.ts";

/** A signature by a key that isn't revoked. */
export interface LiveSignature {
  /** Upper-case hex. */
  signature: string;
  signing_key_id: string;
  keyid: string;
  /** The public key, as it was registered. */
  public_value: string;
  algorithm: KeyAlgorithm;
  message: SignedMessage;
}

/** Every device gets these; all others only devices of the target, or of none. */
const everywhere = ["universal", "portable"];

const manifestOf = prepared((db: Kysely<Tables>, organizationId: string, bundleId: string) =>
  members(db, organizationId)
    .innerJoin("artifact_versions as v", (join) =>
      join.onRef("v.organization_id", "=", "b.organization_id").onRef("v.id", "=", "b.artifact_version_id"),
    )
    .innerJoin("artifacts as a", (join) =>
      join.onRef("a.organization_id", "=", "v.organization_id").onRef("a.id", "=", "v.artifact_id"),
    )
    .select(["b.hash", "b.size", "b.target", "b.revision", "b.content_file", "b.store_id", "m.custom_metadata"])
    .select(["b.content_binary_id", "b.content_revision", "b.content_coding", "b.stored_size", "b.stored_hash"])
    .select(["a.id as artifact_id", "a.name as artifact_name", "v.id as artifact_version_id", "v.version"])
    .select(
      sql<string>`(
        select ${dialectOf(db).jsonRows({
          signature: sql`x.signature`,
          signing_key_id: sql`x.signing_key_id`,
          keyid: sql`x.keyid`,
          public_value: sql`x.value`,
          algorithm: sql`x.algorithm`,
          message: sql`x.signed_message`,
        })}
        from (
          select s.signature, s.signing_key_id, s.signed_message, k.keyid, k.value, k.algorithm
          from binary_signatures s
          join signing_keys k on k.organization_id = s.organization_id and k.id = s.signing_key_id
          where s.organization_id = m.organization_id and s.binary_id = m.binary_id and k.revoked_at is null
          order by s.inserted_at, s.id
        ) x
      )`.as("signatures"),
    )
    .where("m.bundle_id", "=", bundleId)
    .orderBy("m.position"),
);

/**
 * The members of a bundle in their order, with all that a device is told of them, in one query; signatures oldest first. Ask `withheldBy` before
 * any of it is served.
 */
export async function loadManifest(db: Kysely<Tables>, organizationId: string, bundleId: string) {
  const rows = await manifestOf(db, organizationId, bundleId);
  return rows.map((row) => ({ ...row, signatures: JSON.parse(row.signatures) as LiveSignature[] }));
}

export type ManifestMember = Awaited<ReturnType<typeof loadManifest>>[number];

/** What of a bundle is for a device of this target; null: everything. */
export function forTarget<M extends { target: string }>(members: readonly M[], target: string | null): M[] {
  return members.filter((member) => target === null || [target, ...everywhere].includes(member.target));
}

/** What links to its content need. */
export function contentOf(organizationId: string, member: ManifestMember): Downloadable {
  return {
    organizationId,
    binaryId: member.binary_id,
    hash: member.hash!,
    size: member.size!,
    revision: member.revision,
    kept: keptOf({ ...member, organization_id: organizationId, id: member.binary_id }),
    storeId: member.store_id,
    filename: fileName(member.artifact_name, member.version, member.target),
  };
}
