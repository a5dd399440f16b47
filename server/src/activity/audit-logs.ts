import { type AuditLog, type ListQuery, searchKeys } from "@open-peridio/contract";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import type { SearchColumns } from "../database/search.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { showEntry } from "./trail.ts";

const columns: SearchColumns = {
  prn: { column: "audit_logs.id", holds: "id", of: "audit_log" },
  inserted_at: { column: "audit_logs.inserted_at", holds: "time" },
  sequence: { column: "audit_logs.sequence", holds: "number" },
  actor_prn: { column: "audit_logs.actor_prn" },
  actor_name: { column: "audit_logs.actor_name" },
  resource_prn: { column: "audit_logs.resource_prn" },
  type: { column: "audit_logs.type" },
  subtype: { column: "audit_logs.subtype" },
  result: { column: "audit_logs.result" },
  address: { column: "audit_logs.address" },
  user_agent: { column: "audit_logs.user_agent" },
  request_id: { column: "audit_logs.request_id" },
};

export const auditList = { table: "audit_logs", keys: searchKeys.audit_logs, columns } as const;

/** @throws ApiError 400 for a bad search or cursor. */
export function listAuditLogs({ db }: Platform, principal: Principal, request: ListQuery) {
  const rows = db.selectFrom("audit_logs").selectAll();
  return listOwn(db, rows, auditList, principal.organizationId, request, showEntry);
}

/** @throws ApiError 404 */
export async function getAuditLog({ db }: Platform, principal: Principal, prn: string): Promise<AuditLog> {
  return showEntry(await findOwn(db, principal, "audit_logs", prn));
}
