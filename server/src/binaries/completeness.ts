import { invalid, minPartSize } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { BinaryPartRow, BinaryRow, Tables } from "../database/tables.ts";

/** Indexes named in one message, at most. */
const maxNamed = 20;

export type PlacedPart = Pick<BinaryPartRow, "part_index" | "hash" | "size" | "state" | "spill" | "content_offset">;

/** All parts of a binary, by index. */
export function partsOf(db: Kysely<Tables>, row: Pick<BinaryRow, "organization_id" | "id">): Promise<PlacedPart[]> {
  return db
    .selectFrom("binary_parts")
    .select(["part_index", "hash", "size", "state", "spill", "content_offset"])
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .orderBy("part_index")
    .execute();
}

/**
 * Whether an upload may be declared complete. Official clients ask without knowing: a part that they failed to send
 * shows only here, so the answer names what is missing.
 * @throws ApiError 422 on `hash` or `size` when they aren't declared, on `state` for parts.
 */
export async function checkComplete(db: Kysely<Tables>, row: BinaryRow): Promise<void> {
  if (row.hash === null) throw invalid("hash", "must be set before the binary can become 'hashable'");
  if (row.size === null) throw invalid("size", "must be set before the binary can become 'hashable'");
  const problem = incompleteness(await partsOf(db, row), row.size);
  if (problem) throw invalid("state", `can't become 'hashable': ${problem}`);
}

function incompleteness(parts: PlacedPart[], size: number): string | null {
  const last = parts.at(-1)?.part_index ?? 0;
  const valid = new Set(parts.filter((part) => part.state === "valid").map((part) => part.part_index));
  const missing = Array.from({ length: last }, (_, at) => at + 1).filter((index) => !valid.has(index));
  if (missing.length > 0) return `parts ${list(missing)} are missing or not valid; upload them (again)`;
  const sum = parts.reduce((total, part) => total + part.size, 0);
  if (sum < size) {
    const missing = `the parts add up to ${sum} of ${size} bytes`;
    // The official CLI keeps valid parts of an earlier run, whatever their size was then.
    const [first, ...others] = new Set(parts.slice(0, -1).map((part) => part.size));
    return others.length === 0
      ? `${missing}; part ${last + 1} and any after it are missing`
      : `${missing}, and were cut in different sizes (${first}, ${others[0]}); reset the binary and upload again`;
  }
  if (sum > size) return `the parts add up to ${sum} bytes, the binary has ${size}; reset it and upload again`;
  const small = parts.slice(0, -1).find((part) => part.size < minPartSize);
  if (!small) return null;
  return (
    `part ${small.part_index} has ${small.size} bytes; all but the last need at least ${minPartSize}; ` +
    "reset the binary and upload in larger parts"
  );
}

function list(indexes: number[]): string {
  const named = indexes.slice(0, maxNamed).join(", ");
  return indexes.length > maxNamed ? `${named} and ${indexes.length - maxNamed} more` : named;
}
