import { ApiError, notFound } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { ObjectStore, PartToSend } from "../content/store.ts";
import { prepared } from "../database/prepared.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { ownId, type Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { deciding, raced } from "./deciding.ts";
import { placeOf } from "./transitions.ts";

type Begun = Pick<BinaryRow, "organization_id" | "id" | "state" | "revision" | "upload_id" | "store_id">;

const begunOf = prepared((db: Kysely<Tables>, organizationId: string, id: string) =>
  db
    .selectFrom("binaries")
    .select(["organization_id", "id", "state", "revision", "upload_id", "store_id"])
    .where("organization_id", "=", organizationId)
    .where("id", "=", id),
);

/** An upload whose parts clients send straight to an object store. */
export interface ObjectUpload {
  /** A link to which exactly this part of the binary, as it was announced, is PUT. */
  linkFor(announced: BinaryRow, part: PartToSend): Promise<string>;
}

/**
 * The object store's upload of a binary that takes parts; begun there when it is the first. Null where parts are sent to
 * this server. Nothing is held in the database while the store is asked. @throws ApiError 404; 413 for a part beyond the store's limit
 */
export async function uploadFor(
  platform: Platform,
  principal: Principal,
  prn: string,
  size: number,
): Promise<ObjectUpload | null> {
  const [row] = await begunOf(platform.db, principal.organizationId, ownId(principal, prn, "binary"));
  if (!row) throw notFound("binary", prn);
  const content = await platform.stores.of(row);
  if (content.kind === "files") return null;
  const { part: allowed } = content.limits;
  if (size > allowed) {
    const detail = `a part may have ${allowed} bytes in this content store; this one has ${size}`;
    throw new ApiError("part_too_large", detail, { facts: { quota: "part_size", allowed, needed: size } });
  }
  const lives = Math.min(platform.config.uploadExpiry, content.limits.link);
  const begun = row.state !== "uploadable" ? null : (row.upload_id ?? (await begin(platform, content, row)));
  return {
    linkFor(announced, part) {
      // Reset or moved between the two: the link would lead to the upload before.
      if (begun === null || announced.revision !== row.revision) throw movedOn();
      return content.partLink(placeOf(row), announced.upload_id ?? begun, part, lives);
    },
  };
}

function movedOn(): ApiError {
  return new ApiError(
    "upload_superseded",
    "the binary was reset, moved or completed meanwhile; announce the part again",
  );
}

/** Of several who begin at once one counts, for all; what the others began is removed with the content. */
async function begin(platform: Platform, content: ObjectStore, row: Begun): Promise<string> {
  const upload = await content.beginUpload(placeOf(row));
  return deciding(platform.db, row.organization_id, async (transaction) => {
    const found = await transaction
      .selectFrom("binaries")
      .select(["revision", "state", "upload_id"])
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .executeTakeFirst();
    if (found?.revision !== row.revision || found.state !== "uploadable") throw movedOn();
    if (found.upload_id !== null) return found.upload_id;
    const { numUpdatedRows } = await transaction
      .updateTable("binaries")
      .set({ upload_id: upload })
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .where("revision", "=", row.revision)
      .where("upload_id", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw raced(row.id);
    return upload;
  });
}
