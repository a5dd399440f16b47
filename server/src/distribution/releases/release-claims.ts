import { type ListQuery, organizationPrn, type ReleaseClaim, resourcePrn, searchKeys } from "@open-peridio/contract";
import { listOwn } from "../../database/lists.ts";
import { findOwn } from "../../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../../database/search.ts";
import type { ReleaseClaimRow } from "../../database/tables.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";

const columns: SearchColumns = {
  ...commonColumns("release_claims", "release_claim"),
  release_prn: { column: "release_claims.release_id", holds: "id", of: "release" },
  device_prn: { column: "release_claims.device_id", holds: "id", of: "device" },
  state: { column: "release_claims.state" },
};

export function listReleaseClaims({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db.selectFrom("release_claims").selectAll();
  const list = { table: "release_claims", keys: searchKeys.release_claims, columns } as const;
  return listOwn(db, rows, list, principal.organizationId, request, show);
}

/** @throws ApiError 404 */
export async function getReleaseClaim({ db }: Platform, principal: Principal, prn: string): Promise<ReleaseClaim> {
  return show(await findOwn(db, principal, "release_claims", prn));
}

function show(row: ReleaseClaimRow): ReleaseClaim {
  const organizationId = row.organization_id;
  return {
    prn: resourcePrn(organizationId, "release_claim", row.id),
    organization_prn: organizationPrn(organizationId),
    release_prn: resourcePrn(organizationId, "release", row.release_id),
    device_prn: resourcePrn(organizationId, "device", row.device_id),
    state: row.state,
    detail: row.detail,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
