import { type Binary, invalid, meaningOf, refusal, resourcePrn, type UpdateBinary } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { difference, record } from "../activity/record.ts";
import { archiveBinary } from "../catalog/archive.ts";
import { storeMetadata } from "../database/metadata.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { type Author, type Principal, requireScope } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { noteArrivedParts } from "./arrived-parts.ts";
import { checkComplete } from "./completeness.ts";
import { deciding } from "./deciding.ts";
import { readHash } from "./declared.ts";
import { uncountBinary } from "./quota.ts";
import { findBinary, getBinary } from "./record.ts";
import {
  asUploaded,
  type Cause,
  changeIfUnchanged,
  dropContent,
  letGo,
  move,
  outOfArchive,
  placeOf,
} from "./transitions.ts";

/**
 * Everything that a PATCH of a binary can mean: new words, new declarations (`hash`, `size`), archiving, a move along the
 * lifecycle. All of it happens, or nothing.
 * @throws ApiError 404; 422 on the field or the state that forbids it; 403 to destroy without the scope.
 */
export async function updateBinary(
  platform: Platform,
  principal: Principal,
  prn: string,
  body: UpdateBinary,
): Promise<Binary> {
  if (body.state === "destroyed") requireScope(principal, "binaries:destroy");
  if (body.state === "hashable") {
    await noteArrivedParts(platform, await findBinary(platform.db, principal, prn));
  }
  const { before, after } = await deciding(platform.db, principal.organizationId, async (transaction) => {
    const before = await findBinary(transaction, principal, prn);
    return { before, after: await changeBinary(platform, transaction, before, body, principal) };
  });
  if (after.revision !== before.revision || after.state === "destroyed") {
    await platform.uploads.stop(placeOf(before));
    platform.discarded.remove();
  }
  if (after.state === "hashable" && before.state !== "hashable") platform.verification.begin(after);
  return getBinary(platform, principal, prn);
}

/** Content goes for good, record and history stay. @throws ApiError 404, 422 on `state` */
export function destroyBinary(platform: Platform, principal: Principal, prn: string): Promise<Binary> {
  return updateBinary(platform, principal, prn, { state: "destroyed" });
}

/**
 * What `updateBinary` does, to be called inside `deciding`; then the caller stops uploads, and has what was let go of removed.
 * @param why what the event tells as the reason, in the place of the usual
 */
export async function changeBinary(
  platform: Pick<Platform, "clock">,
  transaction: Transaction<Tables>,
  row: BinaryRow,
  body: UpdateBinary,
  by: Author,
  why?: string,
): Promise<BinaryRow> {
  const { clock } = platform;
  const asked = body.state ?? row.state;
  const meaning = body.state === undefined ? "unchanged" : meaningOf(row.state, asked);
  if (meaning === "refused") throw invalid("state", refusal(row.state, asked));

  const resets = meaning === "move" && asked === "uploadable";
  const declared = readDeclarations(row, body, resets);
  const words = readWords(row, body);
  const archiving = await archiveBinary(transaction, row, body.archived, timestamp(clock.now()));
  const dropped = resets || declared.replaces ? await dropContent(transaction, clock, row) : {};
  const changes = { ...words, ...archiving?.fields, ...declared.changes, ...dropped };

  const cause: Cause = { by, reason: why ?? reasons[asked] ?? "asked for" };
  if (meaning === "move" && asked === "hashable") {
    const declaredRow = { ...row, ...changes };
    await checkComplete(transaction, declaredRow);
    return move(transaction, clock, row, asked, cause, changes);
  }
  if (meaning === "move" && asked === "destroyed") {
    await letGo(transaction, clock, row);
    await uncountBinary(transaction, row.organization_id);
    return move(transaction, clock, row, asked, cause, {
      ...changes,
      content_file: null,
      part_size: null,
      upload_id: null,
      quarantine: null,
      ...outOfArchive,
      ...asUploaded,
      store_id: null,
    });
  }
  if (resets) return move(transaction, clock, row, asked, cause, changes);
  if (declared.replaces) {
    const replaced: Cause = { by, reason: "hash or size changed" };
    return move(transaction, clock, row, "uploadable", replaced, changes);
  }
  if (Object.keys(changes).length === 0) return row;
  const changed = await changeIfUnchanged(transaction, clock, row, changes);
  await record(transaction, {
    organizationId: row.organization_id,
    by,
    type: "binary",
    subtype: archiving?.subtype ?? "updated",
    resource: resourcePrn(row.organization_id, "binary", row.id),
    ...(archiving && { data: { reason: why ?? "asked for", state: changed.state, revision: changed.revision } }),
    ...difference(row, changed),
    at: changed.updated_at,
  });
  return changed;
}

const reasons: Partial<Record<BinaryRow["state"], string>> = {
  uploadable: "reset",
  hashable: "upload complete",
  destroyed: "destroyed",
};

/** New hash and size. `replaces`: another file is meant, so what was uploaded for the old one must go. */
function readDeclarations(
  row: BinaryRow,
  body: UpdateBinary,
  resets: boolean,
): { changes: Partial<BinaryRow>; replaces: boolean } {
  const changes: Partial<BinaryRow> = {};
  const hash = readHash(body.hash);
  if (hash !== undefined && hash !== row.hash) changes.hash = hash;
  if (body.size !== undefined && body.size !== row.size) changes.size = body.size;
  const [field] = Object.keys(changes);
  if (field !== undefined && row.state !== "uploadable" && !resets) {
    const cure = row.state === "destroyed" || row.state === "signed" ? "create a new binary" : "reset in the same call";
    throw invalid(field, `can't change while the binary is '${row.state}'; ${cure}`);
  }
  const replaces =
    (changes.hash !== undefined && row.hash !== null) || (changes.size !== undefined && row.size !== null);
  return { changes, replaces };
}

function readWords(row: BinaryRow, body: UpdateBinary): Partial<BinaryRow> {
  const words: Partial<BinaryRow> = {};
  if (body.description !== undefined) words.description = body.description;
  if (body.custom_metadata !== undefined) {
    if (row.state === "destroyed") throw invalid("custom_metadata", "can't change while the binary is 'destroyed'");
    words.custom_metadata = storeMetadata(body.custom_metadata);
  }
  return words;
}
