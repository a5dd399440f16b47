import { type AuditResult, type ResourceType, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import type { Author } from "../http/principal.ts";
import { writeEvent } from "./events.ts";
import { enqueue } from "./outbox.ts";
import { appendEntry, type Fields } from "./trail.ts";

export interface Happening {
  organizationId: string;
  by: Author;
  /** What kind of thing it happened to, and what happened: `binary`, `signed`. */
  type: string;
  subtype: string;
  /** PRN of what it happened to. */
  resource: string;
  /** Makes it an event as well, which webhooks tell; this is what it tells beyond the rest. */
  data?: Fields;
  /** The fields that changed, as they were and as they are. */
  before?: Fields | null;
  after?: Fields | null;
  /** `done` when absent. */
  result?: AuditResult;
  /** As the tables hold it. */
  at: string;
}

/**
 * The one door for what happened: into the trail always, into the events when it has `data`. Call it in the transaction
 * of the change that it tells of, so that there is never one without the other.
 */
export async function record(transaction: Kysely<Tables>, what: Happening): Promise<void> {
  const { data, before = null, after = null, result = "done" } = what;
  const sequence = await appendEntry(transaction, { ...what, before, after, result });
  if (data) await enqueue(transaction, await writeEvent(transaction, { ...what, data }), sequence);
}

/** What a happening is about: one of an organization's own things. */
export function about(
  by: Author,
  type: ResourceType,
  row: { organization_id: string; id: string },
  subtype: string,
): Pick<Happening, "organizationId" | "by" | "type" | "subtype" | "resource"> {
  const organizationId = row.organization_id;
  return { organizationId, by, type, subtype, resource: resourcePrn(organizationId, type, row.id) };
}

type Row = Record<string, unknown>;

/** The fields in which two rows differ, as they were and as they are; times of writing left out. */
export function difference(before: object, after: object): { before: Fields; after: Fields } {
  const changed = Object.keys(after).filter(
    (name) => name !== "updated_at" && (before as Row)[name] !== (after as Row)[name],
  );
  const pick = (row: Row) => Object.fromEntries(changed.map((name) => [name, row[name] ?? null]));
  return { before: pick(before as Row), after: pick(after as Row) };
}
