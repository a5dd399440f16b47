import type { Kysely } from "kysely";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { asUploaded, outOfArchive } from "./transitions.ts";

type Required = "organization_id" | "id" | "artifact_version_id" | "target" | "state" | "inserted_at" | "updated_at";

/** A record with these fields, of which nothing was uploaded else. */
export function binaryRow(fields: Pick<BinaryRow, Required> & Partial<BinaryRow>): BinaryRow {
  return {
    ...{ hash: null, size: null, revision: 0, description: null, custom_metadata: null, verification_failure: null },
    ...{ part_size: null, content_file: null, upload_id: null, reserved_bytes: 0, announced_bytes: 0 },
    ...{ required_signatures: null, store_id: null, quarantine: null },
    ...{ archived_at: null, archived_with: null, hold_until: null, hold_reason: null },
    ...outOfArchive,
    ...asUploaded,
    ...fields,
  };
}

/** An artifact `a` with versions, by the tables: their ids are their names. */
export async function addVersions(db: Kysely<Tables>, organizationId: string, versions: readonly string[]) {
  const times = { inserted_at: "2026-01-01", updated_at: "2026-01-01" };
  const plain = { organization_id: organizationId, ...times, description: null, custom_metadata: null };
  await db
    .insertInto("artifacts")
    .values({ ...plain, id: "a", name: "a" })
    .execute();
  for (const id of versions) {
    await db
      .insertInto("artifact_versions")
      .values({ ...plain, id, artifact_id: "a", version: id })
      .execute();
  }
}
