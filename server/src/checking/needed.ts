import type { Kysely } from "kysely";
import { recordsAt } from "../binaries/shared-content.ts";
import { partsFile } from "../content/filesystem.ts";
import type { ContentPlace } from "../content/place.ts";
import type { Tables } from "../database/tables.ts";

export interface Kept {
  place: ContentPlace;
  file: string;
}

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const contentKey = new RegExp(`^(${uuid})/(${uuid})/(\\d+)/([^/]+)$`);

/** What a key of a store says; null for what isn't content, which is left alone. */
export function readKey(key: string): Kept | null {
  const [, organizationId, binaryId, revision, file] = contentKey.exec(key) ?? [];
  if (file === undefined) return null;
  return { place: { organizationId: organizationId!, binaryId: binaryId!, revision: Number(revision) }, file };
}

/**
 * Whether a record, a delta, a move or what removes content knows of it. Of another organization than the server's nothing is said:
 * another installation may keep it there. @param upload of parts that isn't ended
 */
export async function isKnown(db: Kysely<Tables>, { place, file }: Kept, upload?: string): Promise<boolean> {
  const { organizationId, binaryId, revision } = place;
  const organization = await db
    .selectFrom("organizations")
    .select("id")
    .where("id", "=", organizationId)
    .executeTakeFirst();
  if (!organization) return true;
  const copy = await db
    .selectFrom("content_copies")
    .select("file")
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", binaryId)
    .where("revision", "=", revision)
    .where("file", "=", file)
    .executeTakeFirst();
  const discarded = await db
    .selectFrom("discarded_content")
    .select("file")
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", binaryId)
    .where("revision", "=", revision)
    // Uploads are ended with their whole place alone.
    .where("file", "in", upload === undefined ? ["", file] : [""])
    .executeTakeFirst();
  const delta = await db
    .selectFrom("deltas")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("id", "=", binaryId)
    .where("file", "=", file)
    .executeTakeFirst();
  if (copy || discarded || delta) return true;
  const content = await recordsAt(db, place).select("id").where("content_file", "=", file).limit(1).executeTakeFirst();
  if (content && upload === undefined) return true;
  const row = await db
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", binaryId)
    .where("revision", "=", revision)
    .where("state", "!=", "destroyed")
    .executeTakeFirst();
  if (!row) return false;
  if (row.state === "hashable" || row.state === "hashing") return true;
  if (row.state !== "uploadable") {
    // Which of them is its content a record doesn't say that lost the name: all may be the last copy.
    return upload === undefined && row.content_file === null;
  }
  if (upload !== undefined) return file === partsFile && (upload === row.upload_id || upload.endsWith(`/${file}`));
  const part = await db
    .selectFrom("binary_parts")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", binaryId)
    .where((eb) =>
      file === partsFile
        ? eb.or([eb("content_offset", "is not", null), eb("state", "!=", "valid")])
        : eb("spill", "=", file),
    )
    .limit(1)
    .executeTakeFirst();
  return part !== undefined;
}
