import { resourcePrn } from "@open-peridio/contract";
import type { Fields } from "../../activity/trail.ts";
import type { ReleaseRow } from "../../database/tables.ts";

/** What the events of a release tell. */
export function told(row: ReleaseRow): Fields {
  const organizationId = row.organization_id;
  return {
    release: { prn: resourcePrn(organizationId, "release", row.id), name: row.name, version: row.version },
    cohort_prn: resourcePrn(organizationId, "cohort", row.cohort_id),
    bundle_prn: resourcePrn(organizationId, "bundle", row.bundle_id),
  };
}
