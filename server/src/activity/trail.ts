import { createHash, hash } from "node:crypto";
import {
  type AuditLog,
  type AuditResult,
  auditStatement,
  canonicalJson,
  noHash,
  organizationPrn,
  resourcePrn,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { AuditHeadRow, AuditLogRow, Tables } from "../database/tables.ts";
import { takeHead } from "../database/transaction.ts";
import type { Author } from "../http/principal.ts";

type Head = Pick<AuditHeadRow, "sequence" | "hash">;

export type Fields = Record<string, unknown>;

export interface NewEntry {
  organizationId: string;
  by: Author;
  type: string;
  subtype: string;
  /** PRN of what it happened to. */
  resource: string;
  before: Fields | null;
  after: Fields | null;
  result: AuditResult;
  /** As the tables hold it. */
  at: string;
}

/** Characters that a header or a name may bring into an entry. */
const maxText = 512;
/** Bytes of JSON above which a value stands in an entry only as its hash. */
const maxValueBytes = 4_096;

/**
 * Adds the next entry to an organization's trail. The head's row is taken first: whoever else writes to this trail waits
 * until this transaction ends, so entries stand in the order of their commits, without a gap. Returns its sequence.
 */
export async function appendEntry(transaction: Kysely<Tables>, entry: NewEntry): Promise<number> {
  const { organizationId, by } = entry;
  const previous = (await takeHead(transaction, organizationId)) ?? (await beginTrail(transaction, organizationId));
  const row: AuditLogRow = {
    organization_id: organizationId,
    sequence: previous.sequence + 1,
    id: uuidv7(),
    actor_prn: by.actor,
    actor_name: by.name.slice(0, maxText),
    address: by.origin?.address ?? null,
    user_agent: by.origin?.userAgent?.slice(0, maxText) ?? null,
    request_id: by.origin?.requestId ?? null,
    type: entry.type,
    subtype: entry.subtype,
    resource_prn: entry.resource,
    before: store(entry.before),
    after: store(entry.after),
    result: entry.result,
    inserted_at: entry.at,
    previous_hash: previous.hash,
    hash: "",
  };
  row.hash = hash("sha256", auditStatement(showEntry(row)));
  await transaction.insertInto("audit_logs").values(row).execute();
  await transaction
    .updateTable("audit_heads")
    .set({ sequence: row.sequence, hash: row.hash })
    .where("organization_id", "=", organizationId)
    .execute();
  return row.sequence;
}

async function beginTrail(transaction: Kysely<Tables>, organizationId: string): Promise<Head> {
  const head: Head = { sequence: 0, hash: noHash };
  await transaction
    .insertInto("audit_heads")
    .values({ organization_id: organizationId, ...head })
    .execute();
  return head;
}

/** Large values, such as metadata, would fill the trail; their hash still proves what they were. */
function store(fields: Fields | null): string | null {
  if (fields === null) return null;
  const entries = Object.entries(fields).map(([name, value]) => {
    const json = canonicalJson(value ?? null);
    const bytes = Buffer.byteLength(json);
    if (bytes <= maxValueBytes) return [name, value ?? null];
    return [name, { sha256: createHash("sha256").update(json).digest("hex"), bytes }];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

export function showEntry(row: AuditLogRow): AuditLog {
  const { organization_id: organizationId, id, before, after, sequence, ...plain } = row;
  return {
    prn: resourcePrn(organizationId, "audit_log", id),
    organization_prn: organizationPrn(organizationId),
    sequence: Number(sequence),
    ...plain,
    before: before === null ? null : JSON.parse(before),
    after: after === null ? null : JSON.parse(after),
  };
}
