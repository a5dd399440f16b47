import { AuditHead, AuditLog, ExportQuery } from "../schemas/audit-log.ts";
import { describeSearch, searchKeys } from "../search/keys.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const auditLogs = {
  singular: "audit_log",
  plural: "audit_logs",
  noun: "an audit log",
  tag: "Audit Logs",
  shape: AuditLog,
} as const;

export const listAuditLogs = listOperation(auditLogs);
export const getAuditLog = getOperation(auditLogs);

export const getAuditHead = operation({
  id: "retrieve-audit-head",
  method: "GET",
  path: "/audit_logs/head",
  tag: "Audit Logs",
  summary: "Where the trail ends now, signed by the server",
  description: "Kept elsewhere, it proves later that nothing up to it was changed or removed.",
  status: 200,
  response: oneOf("audit_head", AuditHead),
});

/** Answers with lines, so no schema describes the body. */
export const exportAuditLogs = operation({
  id: "export-audit-logs",
  method: "GET",
  path: "/audit_logs/export",
  tag: "Audit Logs",
  summary: "Export the trail",
  description:
    "In order of `sequence`. NDJSON: an audit log a line, and in the last line `audit_head`, which `peridio audit " +
    `verify\` checks without the server. CSV: for spreadsheets, without a head.\n\n${describeSearch(searchKeys.audit_logs)}`,
  querystring: ExportQuery,
  status: 200,
  response: null,
});
