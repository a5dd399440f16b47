import type { Kysely } from "kysely";
import type { ContentMoveRow, Tables } from "../database/tables.ts";

/** The binaries that a move has still to bring over: those that were there when it began and are not yet elsewhere. */
export function candidates(db: Kysely<Tables>, move: ContentMoveRow) {
  const { organization_id, from_store_id, artifact_id } = move;
  const all = db
    .selectFrom("binaries")
    .where("binaries.organization_id", "=", organization_id)
    .where("binaries.store_id", from_store_id === null ? "is" : "=", from_store_id)
    .where("binaries.state", "!=", "destroyed")
    .where("binaries.inserted_at", "<=", move.inserted_at);
  if (artifact_id === null) return all;
  return all.where("binaries.artifact_version_id", "in", ({ selectFrom }) =>
    selectFrom("artifact_versions")
      .select("id")
      .where("organization_id", "=", organization_id)
      .where("artifact_id", "=", artifact_id),
  );
}
