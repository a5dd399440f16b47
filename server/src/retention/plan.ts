import { keepReasons, type PlannedBinary, type RetentionPlanQuery, resourcePrn } from "@open-peridio/contract";
import { sql } from "kysely";
import { afterCursor, readPage, toPage } from "../database/pages.ts";
import type { RetentionRuleRow } from "../database/tables.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { type Judged, judged } from "./judge.ts";
import { findRule } from "./rules.ts";

/** What the rule of an artifact would do now. @throws ApiError 404; 400 for a bad cursor */
export async function planRetention(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  query: RetentionPlanQuery,
) {
  const { artifact, rule } = await findRule(db, principal, prn);
  const page = readPage(query);
  const all = judged(db, rule, artifact, clock.now());
  const sums = await all
    .select(({ fn }) => ["kept", fn.countAll<number>().as("binaries"), fn.sum<number>("size").as("bytes")])
    .groupBy("kept")
    .execute();
  const rows = await (query.kept === false ? all.where("kept", "=", 0) : all)
    .selectAll()
    .where(afterCursor("judged", page))
    .orderBy(sql.ref("judged.inserted_at"), page.order)
    .orderBy(sql.ref("judged.id"), page.order)
    .limit(page.limit + 1)
    .execute();
  const { items, nextPage } = toPage(rows, page, (row) => show(rule, row));
  const sum = (kept: 0 | 1, of: "binaries" | "bytes") => Number(sums.find((row) => row.kept === kept)?.[of] ?? 0);
  return {
    retention_plan: items,
    next_page: nextPage,
    summary: {
      kept_binaries: sum(1, "binaries"),
      kept_bytes: sum(1, "bytes"),
      leaving_binaries: sum(0, "binaries"),
      leaving_bytes: sum(0, "bytes"),
    },
  };
}

function show({ organization_id, action }: RetentionRuleRow, row: Judged): PlannedBinary {
  return {
    prn: resourcePrn(organization_id, "binary", row.id),
    artifact_version_prn: resourcePrn(organization_id, "artifact_version", row.artifact_version_id),
    version: row.version,
    target: row.target,
    state: row.state,
    size: Number(row.size),
    archived: row.archived_at !== null,
    inserted_at: row.inserted_at,
    action: row.kept ? "keep" : action,
    reasons: keepReasons.filter((reason) => row[reason] === 1),
  };
}
