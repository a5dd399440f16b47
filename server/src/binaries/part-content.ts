import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { ApiError, type PartState, resourcePrn } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { record } from "../activity/record.ts";
import { partsFile } from "../content/filesystem.ts";
import { type ContentPlace, newFile } from "../content/place.ts";
import { receive } from "../content/receive.ts";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { CommitUnknown, changing } from "../database/transaction.ts";
import type { Author } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { type PlainBody, takeCoded } from "./coded-body.ts";
import { checkSentDigests } from "./digest-headers.ts";
import { offsetOf } from "./layout.ts";
import type { Upload } from "./uploads.ts";

/** The part that a link stands for. */
export interface PartTarget {
  place: ContentPlace;
  /** Who made the link, and from where its bytes come. */
  by: Author;
  index: number;
  size: number;
  hash: string;
}

interface Sent {
  headers: IncomingHttpHeaders;
  body: Readable;
}

const announcedPart = prepared((db: Kysely<Tables>, organizationId: string, binaryId: string, index: number) =>
  db
    .selectFrom("binaries")
    .leftJoin("binary_parts", (join) =>
      join
        .onRef("binary_parts.organization_id", "=", "binaries.organization_id")
        .onRef("binary_parts.binary_id", "=", "binaries.id")
        .on("binary_parts.part_index", "=", index),
    )
    .select([
      "binaries.state",
      "binaries.revision",
      "binaries.part_size",
      "binary_parts.hash",
      "binary_parts.size",
      "binary_parts.state as part_state",
    ])
    .where("binaries.organization_id", "=", organizationId)
    .where("binaries.id", "=", binaryId),
);

/**
 * Takes the bytes of a part: streams them to their place, and answers once they are right and on the disk.
 * A valid part is never written again, so nothing that was acknowledged can be spoilt by a later request.
 * @throws ApiError 400 for bytes that aren't the announced ones, 409 when the upload moved on.
 */
export async function receivePart(platform: Platform, target: PartTarget, sent: Sent): Promise<void> {
  const plain = takeCoded(sent);
  // Holding the place first and looking second: a part that turns valid in between is seen.
  const upload = platform.uploads.begin(target.place, target.index);
  try {
    const partSize = await expectPart(platform.db, target);
    checkSentDigests(plain.headers, target.hash);
    if (partSize === "valid") return await compareAgain(target, plain, upload);
    await checkLength(platform, target, plain.headers["content-length"]);
    await store(platform, target, plain, upload, partSize);
  } finally {
    upload.end();
  }
}

/** The regular part size of the upload, or "valid" when these very bytes are here already. */
async function expectPart(db: Kysely<Tables>, target: PartTarget): Promise<number | "valid"> {
  const { organizationId, binaryId, revision } = target.place;
  const [row] = await announcedPart(db, organizationId, binaryId, target.index);
  if (!row || row.revision !== revision) throw movedOn("the binary was reset, replaced or deleted");
  if (row.hash !== target.hash || row.size !== target.size) throw movedOn(`part ${target.index} was announced anew`);
  if (row.part_state === "valid") return "valid";
  if (row.state !== "uploadable") throw movedOn(`the binary is '${row.state}'`);
  return row.part_size!;
}

function movedOn(what: string): ApiError {
  return new ApiError(
    "upload_superseded",
    `${what} since this link was made; ask for a new one with PUT .../parts/{index}`,
  );
}

/** A body whose declared length is wrong is refused before it is read. */
async function checkLength(platform: Platform, target: PartTarget, declared: string | undefined): Promise<void> {
  if (declared === undefined || Number(declared) === target.size) return;
  await mark(platform, target, "invalid_size");
  throw wrongSize(target, `content-length says ${declared}`);
}

function wrongSize(target: PartTarget, got: string): ApiError {
  return new ApiError("size_mismatch", `part ${target.index} must have ${target.size} bytes; ${got}`);
}

function wrongHash(target: PartTarget, got: string): ApiError {
  return new ApiError("checksum_mismatch", `part ${target.index} must have the SHA-256 ${target.hash}; got ${got}`);
}

/** The part is valid already: the repeated body is only compared. */
async function compareAgain(target: PartTarget, { open }: PlainBody, upload: Upload): Promise<void> {
  const { size, hash, tooLong } = await receive(open(target.size), null, 0, target.size, upload.signal);
  if (tooLong || size !== target.size) throw wrongSize(target, tooLong ? "got more" : `got ${size}`);
  if (hash !== target.hash) throw wrongHash(target, hash);
}

async function store(
  platform: Platform,
  target: PartTarget,
  { open }: PlainBody,
  upload: Upload,
  partSize: number,
): Promise<void> {
  const content = platform.stores.own;
  if (content.kind !== "files") throw movedOn("parts are sent straight to the content store");
  const offset = upload.ownsPlace && !content.shared ? offsetOf(target.index, target.size, partSize) : null;
  const spill = offset === null ? newFile(`part-${target.index}`) : null;
  const file = spill ?? partsFile;
  let kept = false;
  try {
    const goal = { file, offset: offset ?? 0, limit: target.size };
    const { size, hash, tooLong } = await content.receive(target.place, goal, open(target.size), upload.signal);
    if (tooLong || size !== target.size) {
      await mark(platform, target, "invalid_size");
      throw wrongSize(target, tooLong ? "got more" : `got ${size}`);
    }
    if (hash !== target.hash) {
      await mark(platform, target, "invalid_hash");
      throw wrongHash(target, hash);
    }
    kept = await mark(platform, target, "valid", { spill, content_offset: offset });
    // Another request with the same bytes may have been first; if the upload itself moved on, this throws.
    if (!kept && (await expectPart(platform.db, target)) !== "valid") throw movedOn(`part ${target.index} changed`);
  } catch (error) {
    // The record may have taken it, and say so to the next who sends it.
    if (error instanceof CommitUnknown) kept = true;
    throw error;
  } finally {
    if (spill !== null && !kept) await content.removeFile(target.place, spill);
  }
  if (kept) platform.verification.partArrived(target.place);
}

/** Writes a part's new state, unless it is valid already or the upload moved on. Returns whether it was written. */
function mark(
  { db, clock }: Platform,
  target: PartTarget,
  state: PartState,
  where: { spill: string | null; content_offset: number | null } = { spill: null, content_offset: null },
): Promise<boolean> {
  const { organizationId, binaryId, revision } = target.place;
  const now = timestamp(clock.now());
  return changing(db, organizationId, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("binary_parts")
      .set({ state, ...where, updated_at: now })
      .where("organization_id", "=", organizationId)
      .where("binary_id", "=", binaryId)
      .where("part_index", "=", target.index)
      .where("hash", "=", target.hash)
      .where("size", "=", target.size)
      .where("state", "!=", "valid")
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("binaries")
            .select("id")
            .where("organization_id", "=", organizationId)
            .where("id", "=", binaryId)
            .where("state", "=", "uploadable")
            .where("revision", "=", revision),
        ),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await record(transaction, {
      organizationId,
      by: target.by,
      type: "binary_part",
      subtype: "received",
      resource: resourcePrn(organizationId, "binary", binaryId),
      after: { index: target.index, hash: target.hash, size: target.size, state },
      result: state === "valid" ? "done" : "failed",
      at: now,
    });
    return true;
  });
}
