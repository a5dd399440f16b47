import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { ApiError, type Binary, invalid, invalidFields, maxBinarySize } from "@open-peridio/contract";
import { type Limits, limitsOf } from "../accounts/limits.ts";
import { newFile } from "../content/place.ts";
import type { BinaryRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { CommitUnknown } from "../database/transaction.ts";
import { type Principal, theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { takeCoded } from "./coded-body.ts";
import { contribute } from "./contributors.ts";
import { deciding } from "./deciding.ts";
import { checkSentDigests } from "./digest-headers.ts";
import { concludeHashing, fail, fits, type Measured } from "./outcome.ts";
import { reserve } from "./quota.ts";
import { findBinary, getBinary } from "./record.ts";
import { changeIfUnchanged, move, placeOf } from "./transitions.ts";
import { noteWriter } from "./upload-progress.ts";

/** Not a part's index: direct uploads each write a file of their own, so they never wait for one another. */
const wholeContent = 0;

/**
 * Direct upload: the whole content in one request, hashed while it streams. Ends in `signable` when it is what was
 * declared; otherwise the record is `uploadable` and says what was expected and what came.
 * @throws ApiError 404; 400 or 422 for a body that isn't the declared one; 422 on `state`, `hash`.
 */
export async function putContent(
  platform: Platform,
  principal: Principal,
  prn: string,
  sent: { headers: IncomingHttpHeaders; body: Readable },
): Promise<Binary> {
  const row = await findBinary(platform.db, principal, prn);
  const { headers, open } = takeCoded(sent);
  const limit = checkDeclared(row, headers);
  const limits = await limitsOf(platform, principal.organizationId);
  const reserved = await reserveAhead(platform, principal, prn, row, headers, limits);
  const place = placeOf(row);
  const content = await platform.stores.of(row);
  const file = newFile("direct");
  // Parts of an upload that was given up may be about to be removed: not any more.
  if (row.reserved_bytes > 0) await noteWriter(platform.db, place, timestamp(platform.clock.now()));
  const upload = platform.uploads.begin(place, wholeContent);
  let kept = false;
  try {
    // Again, now that a reset would wait for this writer to end.
    requireSame(row, await findBinary(platform.db, principal, prn));
    const received = await content.receiveWhole(place, file, limit, open(limit), upload.signal);
    upload.end();
    const measured: Measured = { hash: received.tooLong ? null : received.hash, size: received.size };
    const after = await settle(platform, principal, prn, row, file, measured, limits);
    kept = after.content_file === file;
    if (after.state === "hashing") await concludeHashed(platform, principal, prn, after, measured);
  } catch (error) {
    // The record may have taken it; if not, the next upload or a reset clears it away.
    if (error instanceof CommitUnknown) kept = true;
    throw error;
  } finally {
    upload.end();
    if (!kept) await content.removeFile(place, file);
    if (!kept && reserved) await giveBack(platform, row);
  }
  if (!kept) platform.discarded.remove();
  const binary = await getBinary(platform, principal, prn);
  if (binary.verification_failure) throw mismatch(binary.verification_failure);
  return binary;
}

/** Returns how many bytes may come. */
function checkDeclared(row: BinaryRow, headers: IncomingHttpHeaders): number {
  if (row.state !== "uploadable") throw wrongState(row);
  if (row.hash === null) throw invalid("hash", "must be set before content is uploaded; PATCH the binary first");
  checkSentDigests(headers, row.hash);
  const declared = headers["content-length"];
  if (row.size !== null && declared !== undefined && Number(declared) !== row.size) {
    throw new ApiError("size_mismatch", `the content must have ${row.size} bytes; content-length says ${declared}`);
  }
  return row.size ?? (declared === undefined ? maxBinarySize : Number(declared));
}

/**
 * Where stored bytes are limited, they are taken before the first one is written. Returns whether they were.
 * @throws ApiError 507; 422 on `size` when nobody says how many will come.
 */
async function reserveAhead(
  { db }: Platform,
  principal: Principal,
  prn: string,
  row: BinaryRow,
  headers: IncomingHttpHeaders,
  limits: Limits,
): Promise<boolean> {
  if (limits.storedBytes === null) return false;
  const declared = row.size ?? headers["content-length"];
  if (declared === undefined) {
    throw invalid("size", "must be declared, or content-length sent: stored bytes are limited in this organization");
  }
  await deciding(db, principal.organizationId, async (transaction) => {
    const found = await findBinary(transaction, principal, prn);
    requireSame(row, found);
    const reserved_bytes = Math.max(found.reserved_bytes, Number(declared));
    await reserve(transaction, found, { reserved_bytes, announced_bytes: found.announced_bytes }, limits);
  });
  return true;
}

/** After an upload that kept nothing: only announced parts count again. */
async function giveBack({ db }: Platform, { organization_id, id, revision }: BinaryRow): Promise<void> {
  await deciding(db, organization_id, async (transaction) => {
    const found = await transaction
      .selectFrom("binaries")
      .selectAll()
      .where("organization_id", "=", organization_id)
      .where("id", "=", id)
      .where("revision", "=", revision)
      .where("state", "=", "uploadable")
      .executeTakeFirst();
    if (!found) return;
    const announced = found.announced_bytes;
    const reserved_bytes = announced === 0 ? 0 : Math.max(announced, found.size ?? 0);
    await reserve(transaction, found, { reserved_bytes, announced_bytes: announced }, null);
  });
}

function wrongState(row: BinaryRow): ApiError {
  return invalid("state", `content can only be uploaded while the binary is 'uploadable'; it is '${row.state}'`);
}

/** @throws ApiError when the record isn't any more what the upload began with. */
function requireSame(before: BinaryRow, now: BinaryRow): void {
  if (now.state !== "uploadable") throw wrongState(now);
  if (now.revision !== before.revision || now.hash !== before.hash) throw superseded();
}

function superseded(): ApiError {
  return new ApiError("upload_superseded", "the binary was reset or moved while its content arrived; upload again");
}

/** From `uploadable` to `hashing` for the right content, and back to `uploadable` for a wrong one. */
function settle(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  before: BinaryRow,
  file: string,
  measured: Measured,
  limits: Limits,
): Promise<BinaryRow> {
  return deciding(db, principal.organizationId, async (transaction) => {
    const found = await findBinary(transaction, principal, prn);
    requireSame(before, found);
    const size = found.size ?? measured.size;
    const cause = { by: principal, reason: "direct upload complete" };
    const declared = { content_file: file, size, verification_failure: null };
    const hashable = await move(transaction, clock, found, "hashable", cause, declared);
    const hashing = await move(transaction, clock, hashable, "hashing", { by: theServer, reason: "hashed on arrival" });
    if (!fits(hashing, measured)) {
      const concluded = await fail(transaction, clock, hashing, measured, "hash or size differ");
      // A size that only the wrong content had is no declaration.
      return changeIfUnchanged(transaction, clock, concluded, { size: found.size });
    }
    await reserve(transaction, hashing, { reserved_bytes: measured.size, announced_bytes: 0 }, limits);
    await contribute(transaction, hashing, principal);
    // Parts of an upload that was given up for this one.
    await transaction
      .deleteFrom("binary_parts")
      .where("organization_id", "=", found.organization_id)
      .where("binary_id", "=", found.id)
      .execute();
    return changeIfUnchanged(transaction, clock, hashing, { part_size: null });
  });
}

/** The last step to `signable`. @throws ApiError when the binary moved on. */
async function concludeHashed(
  platform: Platform,
  principal: Principal,
  prn: string,
  before: BinaryRow,
  measured: Measured,
): Promise<void> {
  const { stores, uploads, verification, discarded } = platform;
  const place = placeOf(before);
  try {
    await uploads.stop(place);
    // Before it is `signable`: what a crash left behind after that, nobody would look for.
    await (await stores.of(before)).removeOthers(place, before.content_file!);
    await concludeHashing(platform, principal.organizationId, measured, async (transaction) => {
      const found = await findBinary(transaction, principal, prn);
      if (found.revision !== before.revision || found.state === "destroyed") throw superseded();
      // Another replica may have read this content in the meantime, and found the same.
      return found.state === "hashing" ? found : null;
    });
    discarded.remove();
  } catch (error) {
    // The content is here and recorded: it is verified like that of parts, unless the record moved on.
    verification.begin(before);
    throw error;
  }
}

function mismatch(failure: NonNullable<Binary["verification_failure"]>): ApiError {
  if (failure.actual_size !== failure.expected_size) {
    const got = failure.actual_hash === null ? "more" : String(failure.actual_size);
    return invalidFields({ size: [`must be ${failure.expected_size} bytes as declared; got ${got}`] });
  }
  return invalidFields({ hash: [`must be ${failure.expected_hash} as declared; got ${failure.actual_hash}`] });
}
