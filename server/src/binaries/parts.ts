import {
  type BinaryPart,
  invalid,
  organizationPrn,
  type PutBinaryPart,
  parseSha256,
  resourcePrn,
} from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { limitsOf } from "../accounts/limits.ts";
import { record } from "../activity/record.ts";
import type { BinaryPartRow, BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import type { Author, Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { noteArrivedParts } from "./arrived-parts.ts";
import { contribute } from "./contributors.ts";
import { deciding } from "./deciding.ts";
import { guessPartSize, impossiblePart } from "./layout.ts";
import { uploadFor } from "./object-upload.ts";
import { partLink } from "./part-link.ts";
import { checkPartSize, reserve } from "./quota.ts";
import { findBinary } from "./record.ts";
import { changeIfUnchanged, placeOf } from "./transitions.ts";

/**
 * Announces a part, and gives a link to which its bytes are PUT. For an index that is known, the link is renewed;
 * another size or hash replaces the record and drops the bytes.
 * @throws ApiError 404; 422 on `state`, `size`, `hash`, `expected_binary_size`, or what contradicts the path; 413, 507 beyond the
 * organization's limits.
 */
export async function putPart(
  platform: Platform,
  principal: Principal,
  prn: string,
  index: number,
  body: PutBinaryPart,
  origin: string | null,
): Promise<BinaryPart & { presigned_upload_url: string }> {
  if (body.binary_prn !== undefined && body.binary_prn !== prn) {
    throw invalid("binary_prn", `must repeat the path's; got '${body.binary_prn}'`);
  }
  if (body.index !== undefined && body.index !== index) {
    throw invalid("index", `must repeat the path's ${index}; got ${body.index}`);
  }
  const digest = parseSha256(body.hash);
  if ("problem" in digest) throw invalid("hash", digest.problem);

  const limits = await limitsOf(platform, principal.organizationId);
  checkPartSize(limits, body.size);
  const upload = await uploadFor(platform, principal, prn, body.size);
  const { row, part, dropped } = await deciding(platform.db, principal.organizationId, async (transaction) => {
    const found = await findBinary(transaction, principal, prn);
    const row = await takeDeclarations(platform, transaction, found, index, body);
    const written = await writePart(platform, transaction, principal, row, index, digest.hash, body.size);
    const announced = row.announced_bytes + body.size - written.replaced;
    const wanted = { reserved_bytes: Math.max(row.size ?? 0, announced), announced_bytes: announced };
    await reserve(transaction, row, wanted, limits);
    await contribute(transaction, row, principal);
    return { row, ...written };
  });
  const place = placeOf(row);
  if (dropped) platform.verification.partDropped(place);
  const presigned_upload_url =
    upload === null
      ? partLink(platform, principal, origin, place, index, part.size, part.hash)
      : await upload.linkFor(row, { index, size: part.size, hash: part.hash });
  return { ...show(part), presigned_upload_url };
}

/** What a part says about the whole: checked, and kept where the record doesn't know it yet. */
async function takeDeclarations(
  platform: Platform,
  transaction: Transaction<Tables>,
  row: BinaryRow,
  index: number,
  body: PutBinaryPart,
): Promise<BinaryRow> {
  if (row.state !== "uploadable") {
    throw invalid("state", `parts can only be uploaded while the binary is 'uploadable'; it is '${row.state}'`);
  }
  const whole = row.size ?? body.expected_binary_size ?? null;
  if (body.expected_binary_size !== undefined && body.expected_binary_size !== whole) {
    throw invalid("expected_binary_size", `must be the binary's size ${whole}; got ${body.expected_binary_size}`);
  }
  const problem = whole === null ? null : impossiblePart(index, body.size, whole);
  if (problem) throw invalid("size", problem);
  if (row.size !== null && row.part_size !== null && row.verification_failure === null) return row;
  return changeIfUnchanged(transaction, platform.clock, row, {
    size: whole,
    part_size: row.part_size ?? guessPartSize(index, body.size, whole),
    verification_failure: null,
  });
}

/** `replaced`: the bytes that were announced for this index before; `dropped`: whether valid ones are lost by this. */
async function writePart(
  { clock }: Platform,
  transaction: Transaction<Tables>,
  by: Author,
  row: BinaryRow,
  index: number,
  hash: string,
  size: number,
): Promise<{ part: BinaryPartRow; replaced: number; dropped: boolean }> {
  const now = timestamp(clock.now());
  const existing = await transaction
    .selectFrom("binary_parts")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .where("part_index", "=", index)
    .executeTakeFirst();
  const valid = existing?.state === "valid";
  if (valid && existing.hash === hash && existing.size === size)
    return { part: existing, replaced: size, dropped: false };
  const part: BinaryPartRow = {
    organization_id: row.organization_id,
    binary_id: row.id,
    part_index: index,
    id: existing?.id ?? uuidv7(),
    hash,
    size,
    state: "uploadable",
    spill: null,
    content_offset: null,
    inserted_at: existing?.inserted_at ?? now,
    updated_at: now,
  };
  const written = await transaction
    .insertInto("binary_parts")
    .values(part)
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "binary_id", "part_index"]).doUpdateSet({
        hash,
        size,
        state: "uploadable",
        spill: null,
        content_offset: null,
        updated_at: now,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(transaction, {
    organizationId: row.organization_id,
    by,
    type: "binary_part",
    subtype: "announced",
    resource: resourcePrn(row.organization_id, "binary", row.id),
    before: existing ? { index, hash: existing.hash, size: existing.size, state: existing.state } : null,
    after: { index, hash, size, state: written.state, binary_size: row.size },
    at: now,
  });
  return { part: written, replaced: existing?.size ?? 0, dropped: valid };
}

/** All parts by index, in one answer. @throws ApiError 404 */
export async function listParts(platform: Platform, principal: Principal, prn: string): Promise<BinaryPart[]> {
  const { db } = platform;
  const row = await findBinary(db, principal, prn);
  await noteArrivedParts(platform, row);
  const parts = await db
    .selectFrom("binary_parts")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("binary_id", "=", row.id)
    .orderBy("part_index")
    .execute();
  return parts.map(show);
}

function show(row: BinaryPartRow): BinaryPart {
  return {
    prn: resourcePrn(row.organization_id, "binary_part", row.id),
    organization_prn: organizationPrn(row.organization_id),
    binary_prn: resourcePrn(row.organization_id, "binary", row.binary_id),
    index: row.part_index,
    hash: row.hash,
    size: row.size,
    state: row.state,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
