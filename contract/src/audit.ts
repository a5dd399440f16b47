import { canonicalJson } from "./canonical-json.ts";
import type { AuditHead, AuditLog } from "./schemas/audit-log.ts";

/** `previous_hash` of an organization's first entry. */
export const noHash = "0".repeat(64);

/**
 * What the hash of an entry is taken over: the canonical JSON of all its fields but `hash` itself. As each entry holds
 * the hash of the one before, none can be changed, removed or moved without all that follow.
 */
export function auditStatement(entry: Omit<AuditLog, "hash">): string {
  const { hash: _, ...said } = entry as AuditLog;
  return canonicalJson(said);
}

/** What the server signs of a head: the canonical JSON of all its fields but `signature`. */
export function headStatement(head: Omit<AuditHead, "signature">): string {
  const { signature: _, ...said } = head as AuditHead;
  return canonicalJson(said);
}
