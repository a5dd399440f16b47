import { createHash } from "node:crypto";
import {
  ApiError,
  type CreateBundle,
  invalid,
  type Metadata,
  manifestText,
  maxBundleMembers,
  notFound,
  parsePrn,
  resourcePrn,
} from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { storeMetadata } from "../../database/metadata.ts";
import type { ArtifactVersionRow, BinaryRow, BundleBinaryRow, Tables } from "../../database/tables.ts";
import { ownId, type Principal } from "../../http/principal.ts";

/** Bytes of compact JSON that the metadata of a bundle's members may have together: a page holds a hundred bundles. */
const maxBundleMetadataBytes = 2_000_000;

/** Names that a refusal tells one by one. */
const maxNamed = 20;

/** A binary with what a bundle that takes it keeps of it. */
type Candidate = Pick<BinaryRow, "id" | "state" | "hash" | "size" | "target" | "quarantine" | "archived_at"> & {
  version: string;
  artifact: string;
  /** Its own metadata, or what it inherits of its version, or else of its artifact. */
  inherited: string | null;
};

export type Member = Candidate & Pick<BundleBinaryRow, "custom_metadata">;

/** What a request names, with the field that names it. */
interface Named {
  field: string;
  prn: string;
  type: "binary" | "artifact_version";
  id: string;
  /** JSON; null when the request gives none. */
  metadata: string | null;
}

/**
 * The binaries that a new bundle is made of, in their order, each with the metadata that it keeps for good. To be called in
 * the transaction that writes the bundle, so that none of them is destroyed or loses its signature before.
 * @throws ApiError 404; 409 that names those that are archived, or aren't signed; 422
 */
export async function chooseMembers(
  transaction: Transaction<Tables>,
  principal: Principal,
  body: CreateBundle,
): Promise<Member[]> {
  const named = readNames(principal, body);
  const found = await candidates(transaction, principal, named);
  const members = named.flatMap((name) => {
    const binaries = found.get(name.id) ?? [];
    return binaries.map((binary) => ({ ...binary, name, custom_metadata: name.metadata ?? binary.inherited }));
  });
  if (members.length > maxBundleMembers) {
    throw invalid(fieldOf(body), `must come to at most ${maxBundleMembers} binaries; these are more`);
  }
  refuseTwice(principal, members);
  refuseArchived(principal, members);
  refuseUnsigned(principal, members);
  const broken = members.find(({ quarantine }) => quarantine !== null);
  if (broken) {
    const detail = `the content of '${prnOf(principal, broken.id)}' is quarantined; restore it, or leave it out`;
    throw new ApiError("quarantined", detail);
  }
  const bytes = members.reduce((sum, { custom_metadata }) => sum + Buffer.byteLength(custom_metadata ?? ""), 0);
  if (bytes > maxBundleMetadataBytes) {
    const whose = "the metadata of all members, what they inherit included,";
    throw invalid(fieldOf(body), `${whose} must have at most ${maxBundleMetadataBytes} bytes together; got ${bytes}`);
  }
  return members;
}

/** SHA-256 of the canonical manifest, lower-case hex. */
export function manifestHash(members: readonly Member[]): string {
  const text = manifestText(
    members.map((member) => ({
      hash: member.hash!,
      size: member.size!,
      binary_id: member.id,
      target: member.target,
      artifact_version_id: member.version,
      artifact_id: member.artifact,
      custom_metadata: JSON.parse(member.custom_metadata ?? "{}") as Metadata,
    })),
  );
  return createHash("sha256").update(text).digest("hex");
}

const fieldOf = (body: CreateBundle) => (body.binaries ? "binaries" : "artifact_version_prns");

function readNames(principal: Principal, body: CreateBundle): Named[] {
  const named = body.binaries
    ? body.binaries.map(({ prn, custom_metadata }, at): Named => {
        // The official CLI names an artifact version here and means its binaries.
        const parsed = parsePrn(prn);
        const type = parsed?.kind === "resource" && parsed.type === "artifact_version" ? "artifact_version" : "binary";
        const metadata = storeMetadata(custom_metadata, `binaries.${at}.custom_metadata`);
        return { field: `binaries.${at}.prn`, prn, type, id: ownId(principal, prn, type), metadata };
      })
    : (body.artifact_version_prns ?? []).map((prn, at): Named => {
        const type = "artifact_version";
        return { field: `artifact_version_prns.${at}`, prn, type, id: ownId(principal, prn, type), metadata: null };
      });
  const seen = new Set<string>();
  for (const { field, prn, id } of named) {
    if (seen.has(id)) throw invalid(field, `names '${prn}' a second time`);
    seen.add(id);
  }
  return named;
}

/** Binaries by the id that names them: their own, or their version's. @throws ApiError 404; 422 for a version without */
async function candidates(
  transaction: Transaction<Tables>,
  { organizationId }: Principal,
  named: Named[],
): Promise<Map<string, Candidate[]>> {
  const ids = (wanted: Named["type"]) => named.filter(({ type }) => type === wanted).map(({ id }) => id);
  const found = new Map<string, Candidate[]>();
  const [binaryIds, versionIds] = [ids("binary"), ids("artifact_version")];
  if (binaryIds.length > 0) {
    const rows = await binaries(transaction, organizationId).where("binaries.id", "in", binaryIds).execute();
    for (const row of rows) found.set(row.id, [row]);
  }
  if (versionIds.length > 0) {
    const rows = await binaries(transaction, organizationId)
      .where("binaries.artifact_version_id", "in", versionIds)
      .where("binaries.state", "!=", "destroyed")
      .where("binaries.archived_at", "is", null)
      .orderBy("binaries.inserted_at")
      .orderBy("binaries.id")
      .limit(maxBundleMembers + 1)
      .execute();
    for (const row of rows) found.set(row.version, [...(found.get(row.version) ?? []), row]);
    // Cut off: it is refused for its number, whatever else there is to say.
    if (rows.length > maxBundleMembers) return found;
  }
  const missing = named.filter(({ id }) => !found.has(id));
  const unknown = missing.find(({ type }) => type === "binary");
  if (unknown) throw notFound("binary", unknown.prn);
  await explainEmpty(transaction, organizationId, missing);
  return found;
}

const binaries = (transaction: Transaction<Tables>, organizationId: string) =>
  transaction
    .selectFrom("binaries")
    .innerJoin("artifact_versions", (join) =>
      join
        .onRef("artifact_versions.organization_id", "=", "binaries.organization_id")
        .onRef("artifact_versions.id", "=", "binaries.artifact_version_id"),
    )
    .innerJoin("artifacts", (join) =>
      join
        .onRef("artifacts.organization_id", "=", "artifact_versions.organization_id")
        .onRef("artifacts.id", "=", "artifact_versions.artifact_id"),
    )
    .select([
      "binaries.id",
      "binaries.state",
      "binaries.hash",
      "binaries.size",
      "binaries.target",
      "binaries.quarantine",
      "binaries.archived_at",
    ])
    .select(["artifact_versions.id as version", "artifacts.id as artifact"])
    .select((row) =>
      row.fn
        .coalesce("binaries.custom_metadata", "artifact_versions.custom_metadata", "artifacts.custom_metadata")
        .as("inherited"),
    )
    .where("binaries.organization_id", "=", organizationId);

async function explainEmpty(
  transaction: Transaction<Tables>,
  organizationId: string,
  versions: Named[],
): Promise<void> {
  if (versions.length === 0) return;
  const rows = await transaction
    .selectFrom("artifact_versions")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where(
      "id",
      "in",
      versions.map(({ id }) => id),
    )
    .execute();
  const known = new Set(rows.map(({ id }: Pick<ArtifactVersionRow, "id">) => id));
  const unknown = versions.find(({ id }) => !known.has(id));
  if (unknown) throw notFound("artifact version", unknown.prn);
  const { field, prn } = versions[0]!;
  throw invalid(field, `names '${prn}', which has no binary, or only destroyed and archived ones`);
}

/** A binary that is named itself and by its version too. */
function refuseTwice(principal: Principal, members: (Member & { name: Named })[]): void {
  const seen = new Set<string>();
  for (const { id, name } of members) {
    if (seen.has(id)) throw invalid(name.field, `brings '${prnOf(principal, id)}' a second time`);
    seen.add(id);
  }
}

function refuseArchived(principal: Principal, members: Member[]): void {
  const archived = members.filter(({ archived_at }) => archived_at !== null);
  if (archived.length === 0) return;
  const detail = `a bundle takes no archived binaries; archived: ${list(archived, ({ id }) => `'${prnOf(principal, id)}'`)}`;
  throw new ApiError("conflict", `${detail}; take them back first`);
}

function refuseUnsigned(principal: Principal, members: Member[]): void {
  const unsigned = members.filter(({ state }) => state !== "signed");
  if (unsigned.length === 0) return;
  const named = list(unsigned, ({ id, state }) => `'${prnOf(principal, id)}' (${state})`);
  throw new ApiError("conflict", `a bundle takes only signed binaries; not signed: ${named}`);
}

/** The first of them, and how many more there are. */
function list(members: Member[], name: (member: Member) => string): string {
  const more = members.length > maxNamed ? `, and ${members.length - maxNamed} more` : "";
  return members.slice(0, maxNamed).map(name).join(", ") + more;
}

function prnOf({ organizationId }: Principal, id: string): string {
  return resourcePrn(organizationId, "binary", id);
}
