import { AuditLog } from "../schemas/audit-log.ts";
import { getOperation, listOperation } from "./operation.ts";

const auditLogs = {
  singular: "audit_log",
  plural: "audit_logs",
  noun: "an audit log",
  tag: "Audit Logs",
  shape: AuditLog,
} as const;

export const listAuditLogs = listOperation(auditLogs);
export const getAuditLog = getOperation(auditLogs);
