import { ApiError, type DownloadLink, notFound } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { requireReadable } from "../binaries/availability.ts";
import { keptOf } from "../binaries/shared-content.ts";
import type { Kept } from "../content/kept.ts";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { linkMaker } from "../http/link-maker.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import type { Asker, Where } from "./origins/origin.ts";
import { byPreference } from "./origins/preference.ts";

/** Route of the links. What a link is bound to stands in its path, which is signed; the last part is for people. */
export const downloadRoute = "/cdn/binaries/:maker/:organization/:binary/:revision/:hash/:filename";

/** Content that was judged and may be handed out. */
export interface Downloadable {
  organizationId: string;
  binaryId: string;
  hash: string;
  /** Bytes. */
  size: number;
  revision: number;
  kept: Kept;
  /** In which of the organization's stores it is; null for the server's own. */
  storeId: string | null;
  filename: string;
  /** The path of links to this server; absent for those of binaries. */
  linkPath?: (maker: string) => string;
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
    .select([
      "b.id",
      "b.state",
      "b.hash",
      "b.size",
      "b.revision",
      "b.content_file",
      "b.content_binary_id",
      "b.content_revision",
      "b.content_coding",
      "b.stored_size",
      "b.stored_hash",
      "b.store_id",
      "b.quarantine",
      "b.archive_class",
      "b.archive_readable",
      "b.archive_step",
      "b.target",
      "v.version",
      "a.name",
    ])
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

type Row = Awaited<ReturnType<typeof contentOf>>[number];

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
  if (row.quarantine !== null) {
    const detail = "the content is quarantined: what is stored is not what was verified; it has to be restored first";
    throw new ApiError("quarantined", detail);
  }
  const refusal = judge(row);
  if (refusal !== null) throw new ApiError("conflict", refusal);
  requireReadable(row);
  return toDownloadable(organizationId, row);
}

/** Why its content may not be read, in words; null when it may. */
function judge(row: Row): string | null {
  if (row.state !== "signable" && row.state !== "signed") {
    return `the binary is '${row.state}'; only verified content (signable, signed) can be downloaded`;
  }
  const needed = row.required_signatures ?? 1;
  if (row.state === "signable" || Number(row.live_signatures) >= needed) return null;
  const left = row.live_signatures ? `only ${row.live_signatures} of ${needed} keys` : "every key";
  const are = row.live_signatures ? "are not" : "is";
  return `${left} that signed this binary ${are} revoked; sign it with another key first`;
}

function toDownloadable(organizationId: string, row: Row): Downloadable {
  return {
    organizationId,
    binaryId: row.id,
    hash: row.hash!,
    size: row.size!,
    revision: row.revision,
    kept: keptOf({ ...row, organization_id: organizationId }),
    storeId: row.store_id,
    filename: fileName(row.name, row.version, row.target),
  };
}

/** What a downloaded file is called by those who save it under a name. */
export function fileName(artifact: string, version: string, target: string): string {
  return `${artifact}-${version}-${target}`.replaceAll(/[^\w.+-]+/g, "_").slice(0, 200);
}

export interface DownloadLinks {
  /** The first of `urls`. */
  url: string;
  /** One for each origin, in the order in which this client should try them. */
  urls: DownloadLink[];
}

/**
 * Links to content that was judged, from all origins. Asks no database, and writes nothing into the trail: that is for who
 * hands them out.
 */
export async function makeDownloadLinks(
  platform: Platform,
  content: Downloadable,
  asker: Asker,
): Promise<DownloadLinks> {
  const begins = Math.floor(platform.clock.now().getTime() / 1000);
  const holders = platform.origins.filter((origin) => origin.holds(content));
  const links = byPreference(holders, asker.where).map(async (origin): Promise<DownloadLink> => {
    const link = await origin.link(platform, content, asker, { begins, ends: begins + origin.expiry });
    return { origin: origin.name, url: link.url, expires_at: timestamp(link.expiresAt) };
  });
  const urls = await Promise.all(links);
  return { url: urls[0]!.url, urls };
}

/** Links to a binary's content that work for a while, for whoever has them. @throws ApiError 404, 409 */
export async function handOutLinks(
  platform: Platform,
  principal: Principal,
  prn: string,
  where: Where,
): Promise<DownloadLinks> {
  const { organizationId } = principal;
  const content = await findDownloadable(platform.db, organizationId, ownId(principal, prn, "binary"));
  if (!content) throw notFound("binary", prn);
  await platform.statistics.trail.append({
    organizationId,
    by: principal,
    type: "binary",
    subtype: "download_url_created",
    resource: prn,
    after: {
      lives_seconds: Math.max(...platform.origins.map(({ expiry }) => expiry)),
      origins: platform.origins.map(({ name }) => name),
    },
    at: timestamp(platform.clock.now()),
  });
  // A link's life begins when it is handed out, not before its entry was written.
  return makeDownloadLinks(platform, content, { maker: linkMaker(principal), where });
}
