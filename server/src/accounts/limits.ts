import { organizationPrn, type Usage } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Config } from "../config.ts";
import { prepared } from "../database/prepared.ts";
import type { OrganizationRow, Tables } from "../database/tables.ts";
import { monthEnd, timestamp } from "../database/time.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

/** What an organization may have at most; null where there is no limit. Bytes, all but `binaries`. */
export interface Limits {
  storedBytes: number | null;
  binaries: number | null;
  partSize: number | null;
  monthlyDownloadBytes: number | null;
}

const organizationById = prepared((db: Kysely<Tables>, id: string) =>
  db.selectFrom("organizations").selectAll().where("id", "=", id),
);

/** Its own limits, or else those of the settings. Not for within a transaction. */
export async function limitsOf({ db, config }: Pick<Platform, "db" | "config">, id: string): Promise<Limits> {
  const [row] = await organizationById(db, id);
  if (!row) throw new Error(`there is no organization ${id}`);
  return readLimits(row, config);
}

function readLimits(row: OrganizationRow, config: Config): Limits {
  return {
    storedBytes: effective(row.stored_bytes_limit, config.storedBytesQuota),
    binaries: effective(row.binaries_limit, config.binariesQuota),
    partSize: effective(row.part_size_limit, config.partSizeQuota),
    monthlyDownloadBytes: effective(row.monthly_download_bytes_limit, config.monthlyDownloadQuota),
  };
}

function effective(own: number | null, byDefault: number): number | null {
  const limit = own ?? byDefault;
  return limit === 0 ? null : limit;
}

/** Of content that binaries share one counts; the others are not stored once more. */
async function deduplicatedBytes(db: Kysely<Tables>, organizationId: string): Promise<number> {
  const { bytes } = await db
    .selectFrom("binaries")
    .select(({ fn, eb }) => fn.coalesce(fn.sum<number>("size"), eb.lit(0)).as("bytes"))
    .where("organization_id", "=", organizationId)
    .where("content_file", "is not", null)
    .where(({ eb }) => eb("reserved_bytes", "=", eb.lit(0)))
    .executeTakeFirstOrThrow();
  return Number(bytes);
}

/** What the caller's organization uses, beside what it may. */
export async function getUsage(platform: Platform, principal: Principal): Promise<Usage> {
  return {
    ...(await getCountedUsage(platform, principal)),
    deduplicated_bytes: await deduplicatedBytes(platform.db, principal.organizationId),
  };
}

/** The same, as far as it is counted all along: it costs as much with a million binaries. */
export async function getCountedUsage(
  platform: Platform,
  { organizationId }: Principal,
): Promise<Omit<Usage, "deduplicated_bytes">> {
  const limits = await limitsOf(platform, organizationId);
  const used = await platform.db
    .selectFrom("organization_usage")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .executeTakeFirstOrThrow();
  const now = platform.clock.now();
  const downloaded = await platform.statistics.budget.used(organizationId, now);
  return {
    organization_prn: organizationPrn(organizationId),
    stored_bytes: { used: used.stored_bytes, allowed: limits.storedBytes },
    binaries: { used: used.binaries, allowed: limits.binaries },
    part_size: { allowed: limits.partSize },
    download_bytes: {
      used: downloaded,
      allowed: limits.monthlyDownloadBytes,
      resets_at: timestamp(monthEnd(now)),
    },
    delta_saved_bytes: used.delta_saved_bytes,
  };
}
