import { createHash } from "node:crypto";
import {
  ApiError,
  type CreateBundle,
  canonicalJson,
  invalid,
  maxBundleMembers,
  notFound,
  parsePrn,
  resourcePrn,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { showMetadata, storeMetadata } from "../../database/metadata.ts";
import type { BinaryRow, Tables } from "../../database/tables.ts";
import { ownId, type Principal } from "../../http/principal.ts";

/** A binary in a bundle, with the metadata that it has there for good. */
export interface Member {
  binary: Pick<BinaryRow, "id" | "hash" | "size" | "target" | "state" | "artifact_version_id">;
  artifactId: string;
  /** JSON. */
  customMetadata: string | null;
}

interface Wanted {
  /** The field that names it, such as `binaries.0.prn`. */
  field: string;
  prn: string;
  customMetadata: string | null;
}

const maxNamed = 5;

/**
 * The members that a request names, in its order: a binary, or all live ones of an artifact version. What the request says
 * of a member's metadata counts; else what its binary, its version or its artifact has, the first of them, whole.
 * @throws ApiError 404; 409 that names binaries which aren't signed; 422 for what is named twice, or is empty
 */
export async function readMembers(db: Kysely<Tables>, principal: Principal, body: CreateBundle): Promise<Member[]> {
  const wanted = readWanted(body);
  const found = await findBinaries(db, principal, wanted);
  const members = wanted.flatMap((each) => membersOf(each, found));
  if (members.length > maxBundleMembers) {
    throw invalid(fieldOf(body), `stands for ${members.length} binaries; a bundle has at most ${maxBundleMembers}`);
  }
  refuseTwice(principal, body, members);
  const unsigned = members.filter(({ binary }) => binary.state !== "signed");
  if (unsigned.length > 0) {
    const names = unsigned.slice(0, maxNamed).map(({ binary }) => `'${prnOf(principal, binary)}' (${binary.state})`);
    const more = unsigned.length > maxNamed ? ` and ${unsigned.length - maxNamed} more` : "";
    throw new ApiError("conflict", `a bundle takes only signed binaries; sign these first: ${names.join(", ")}${more}`);
  }
  return members;
}

function readWanted(body: CreateBundle): Wanted[] {
  const { artifact_version_prns: versions, binaries } = body;
  if (versions && binaries) throw invalid("binaries", "and artifact_version_prns exclude each other; send one of them");
  if (binaries) {
    return binaries.map(({ prn, custom_metadata }, at) => ({
      field: `binaries.${at}.prn`,
      prn,
      customMetadata: storeMetadata(custom_metadata),
    }));
  }
  if (!versions) throw invalid("binaries", "is required, or artifact_version_prns in its place");
  return versions.map((prn, at) => ({ field: `artifact_version_prns.${at}`, prn, customMetadata: null }));
}

const fieldOf = (body: CreateBundle) => (body.binaries ? "binaries" : "artifact_version_prns");

type Found = Awaited<ReturnType<typeof findBinaries>>;

/** All that could be meant, in one query. */
function findBinaries(db: Kysely<Tables>, principal: Principal, wanted: Wanted[]) {
  const isVersion = ({ prn }: Wanted) => {
    const parsed = parsePrn(prn);
    return parsed?.kind === "resource" && parsed.type === "artifact_version";
  };
  const versions = wanted.filter(isVersion).map(({ prn }) => ownId(principal, prn, "artifact_version"));
  const binaries = wanted.filter((each) => !isVersion(each)).map(({ prn }) => ownId(principal, prn, "binary"));
  return db
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
      "binaries.hash",
      "binaries.size",
      "binaries.target",
      "binaries.state",
      "binaries.artifact_version_id",
      "binaries.custom_metadata",
      "artifact_versions.custom_metadata as version_metadata",
      "artifact_versions.artifact_id",
      "artifacts.custom_metadata as artifact_metadata",
    ])
    .where("binaries.organization_id", "=", principal.organizationId)
    .where(({ eb, or }) =>
      or([
        ...(binaries.length > 0 ? [eb("binaries.id", "in", binaries)] : []),
        ...(versions.length > 0 ? [eb("binaries.artifact_version_id", "in", versions)] : []),
      ]),
    )
    .orderBy("binaries.inserted_at")
    .orderBy("binaries.id")
    .execute();
}

function membersOf({ field, prn, customMetadata }: Wanted, found: Found): Member[] {
  const parsed = parsePrn(prn) as { type: string; id: string };
  const isVersion = parsed.type === "artifact_version";
  const rows = isVersion
    ? found.filter((row) => row.artifact_version_id === parsed.id && row.state !== "destroyed")
    : found.filter((row) => row.id === parsed.id);
  if (rows.length === 0) {
    if (!isVersion) throw notFound("binary", prn);
    throw invalid(field, `must name a version of this organization that has binaries; got '${prn}'`);
  }
  return rows.map((row) => ({
    binary: row,
    artifactId: row.artifact_id,
    customMetadata: customMetadata ?? row.custom_metadata ?? row.version_metadata ?? row.artifact_metadata,
  }));
}

function refuseTwice(principal: Principal, body: CreateBundle, members: Member[]): void {
  const seen = new Set<string>();
  for (const { binary } of members) {
    if (seen.has(binary.id)) throw invalid(fieldOf(body), `names the binary '${prnOf(principal, binary)}' twice`);
    seen.add(binary.id);
  }
}

function prnOf(principal: Principal, binary: { id: string }): string {
  return resourcePrn(principal.organizationId, "binary", binary.id);
}

/** SHA-256, in lower-case hex, of the manifest's one text (RFC 8785): what a bundle is, whatever its name. */
export function manifestHash(members: readonly Member[]): string {
  const manifest = members.map(({ binary, artifactId, customMetadata }) => ({
    hash: binary.hash,
    size: Number(binary.size),
    binary_id: binary.id,
    target: binary.target,
    artifact_version_id: binary.artifact_version_id,
    artifact_id: artifactId,
    custom_metadata: showMetadata(customMetadata) ?? {},
  }));
  return createHash("sha256").update(canonicalJson(manifest)).digest("hex");
}
