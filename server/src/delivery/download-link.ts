import { ApiError, notFound } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { linkMaker } from "../http/link-maker.ts";
import { ownId, type Principal } from "../http/principal.ts";
import { signLink } from "../http/signed-links.ts";
import type { Platform } from "../platform.ts";

/** Route of the links. What a link is bound to stands in its path, which is signed; the last part is for people. */
export const downloadRoute = "/cdn/binaries/:maker/:organization/:binary/:revision/:hash/:filename";

export interface Downloadable {
  hash: string;
  /** Bytes. */
  size: number;
  revision: number;
  contentFile: string;
  filename: string;
}

const contentOf = prepared((db: Kysely<Tables>, organizationId: string, id: string) =>
  db
    .selectFrom("binaries as b")
    .innerJoin("artifact_versions as v", (join) =>
      join.onRef("v.organization_id", "=", "b.organization_id").onRef("v.id", "=", "b.artifact_version_id"),
    )
    .innerJoin("artifacts as a", (join) =>
      join.onRef("a.organization_id", "=", "v.organization_id").onRef("a.id", "=", "v.artifact_id"),
    )
    .select(["b.state", "b.hash", "b.size", "b.revision", "b.content_file", "b.target", "v.version", "a.name"])
    .select("b.required_signatures")
    .select(({ selectFrom }) =>
      selectFrom("binary_signatures as s")
        .innerJoin("signing_keys as k", (join) =>
          join.onRef("k.organization_id", "=", "s.organization_id").onRef("k.id", "=", "s.signing_key_id"),
        )
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .whereRef("s.organization_id", "=", "b.organization_id")
        .whereRef("s.binary_id", "=", "b.id")
        .where("k.revoked_at", "is", null)
        .as("live_signatures"),
    )
    .where("b.organization_id", "=", organizationId)
    .where("b.id", "=", id),
);

/**
 * The content of a binary that may be read: verified, not destroyed, and, once it is signed, by as many keys as it
 * needed that aren't revoked. Asked anew for every download, so that a link stops working when its binary does.
 * @throws ApiError 409 that says why not; null when there is no such binary.
 */
export async function findDownloadable(
  db: Kysely<Tables>,
  organizationId: string,
  id: string,
): Promise<Downloadable | null> {
  const [row] = await contentOf(db, organizationId, id);
  if (!row) return null;
  if (row.state !== "signable" && row.state !== "signed") {
    throw new ApiError(
      "conflict",
      `the binary is '${row.state}'; only verified content (signable, signed) can be downloaded`,
    );
  }
  const needed = row.required_signatures ?? 1;
  if (row.state === "signed" && Number(row.live_signatures) < needed) {
    const left = row.live_signatures ? `only ${row.live_signatures} of ${needed} keys` : "every key";
    const detail = `${left} that signed this binary ${row.live_signatures ? "are not" : "is"} revoked`;
    throw new ApiError("conflict", `${detail}; sign it with another key first`);
  }
  return {
    hash: row.hash!,
    size: row.size!,
    revision: row.revision,
    contentFile: row.content_file!,
    filename: fileName(row.name, row.version, row.target),
  };
}

export function fileName(artifact: string, version: string, target: string): string {
  return `${artifact}-${version}-${target}`.replaceAll(/[^\w.+-]+/g, "_").slice(0, 200);
}

/** A link to the content that works for a while, for whoever has it. @throws ApiError 404, 409 */
export async function makeDownloadLink(
  platform: Platform,
  principal: Principal,
  prn: string,
  origin: string | null,
): Promise<string> {
  const { organizationId } = principal;
  const id = ownId(principal, prn, "binary");
  const content = await findDownloadable(platform.db, organizationId, id);
  if (!content) throw notFound("binary", prn);
  await platform.statistics.trail.append({
    organizationId,
    by: principal,
    type: "binary",
    subtype: "download_url_created",
    resource: prn,
    after: { lives_seconds: platform.config.downloadExpiry },
    at: timestamp(platform.clock.now()),
  });
  // A link's life begins when it is handed out, not before its entry was written.
  return signDownloadLink(platform, linkMaker(principal), organizationId, { ...content, id }, origin);
}

/**
 * The link itself. Asks no database and writes nothing into the trail: that is for who hands it out.
 * @param maker for whom it is made, as its path names it
 */
export function signDownloadLink(
  platform: Platform,
  maker: string,
  organizationId: string,
  content: Pick<Downloadable, "revision" | "hash" | "filename"> & { id: string },
  origin: string | null,
): string {
  const { id, revision, hash, filename } = content;
  const path = `/cdn/binaries/${maker}/${organizationId}/${id}/${revision}/${hash}/${filename}`;
  const expiresAt = new Date(platform.clock.now().getTime() + platform.config.downloadExpiry * 1000);
  return platform.contentAddress(origin) + signLink(platform.linkKeys, { method: "GET", path, expiresAt });
}
