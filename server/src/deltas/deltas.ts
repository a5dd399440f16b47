import {
  ApiError,
  type CreateDeltas,
  type CreatedDeltas,
  type Delta,
  type DeltaAlgorithm,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  searchKeys,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, difference, record } from "../activity/record.ts";
import { findBinary } from "../binaries/record.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { BinaryRow, DeltaRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { dropDelta, fitBinaries } from "../signing/dropped-deltas.ts";
import { newDelta } from "./outcome.ts";
import { savedBytes } from "./savings.ts";

/**
 * Has deltas made between two binaries; what is there already is answered as it is, what failed is tried again.
 * @throws ApiError 404; 409 where deltas are switched off; 422 on the binary that isn't fit; 503 without a program
 */
export async function createDeltas(
  platform: Platform,
  principal: Principal,
  body: CreateDeltas,
): Promise<CreatedDeltas> {
  const { db, clock, config } = platform;
  const { wanted, unavailable } = choose(platform, body.algorithms ?? config.deltaAlgorithms);
  const { organizationId } = principal;
  const deltas = await changing(db, organizationId, async (transaction) => {
    const from = await findFit(transaction, principal, "from_binary_prn", body.from_binary_prn);
    const to = await findFit(transaction, principal, "to_binary_prn", body.to_binary_prn);
    await requireKin(transaction, from, to);
    const now = timestamp(clock.now());
    for (const algorithm of wanted) await request(transaction, principal, from, to, algorithm, now);
    const rows = await shown(transaction)
      .where("deltas.organization_id", "=", organizationId)
      .where("deltas.from_binary_id", "=", from.id)
      .where("deltas.to_binary_id", "=", to.id)
      .where("deltas.algorithm", "in", wanted)
      .orderBy("deltas.algorithm")
      .execute();
    return rows.map(show);
  });
  platform.deltas.look();
  return { deltas, unavailable };
}

/** Which of the algorithms are made, and which can't be. @throws ApiError 409, 503 */
function choose({ config, deltaTools }: Platform, algorithms: readonly DeltaAlgorithm[]) {
  const on = algorithms.filter((name) => config.deltaAlgorithms.includes(name));
  if (on.length === 0) {
    const named = algorithms.join(", ") || "any";
    throw new ApiError("conflict", `this server makes no deltas by ${named}: PERIDIO_DELTA_ALGORITHMS doesn't name it`);
  }
  const wanted = on.filter((name) => deltaTools.available.includes(name));
  const unavailable = on.filter((name) => !wanted.includes(name));
  if (wanted.length > 0) return { wanted: [...new Set(wanted)], unavailable };
  const detail = `${unavailable.join(" and ")} can't be found on this server's PATH; install it and start the server anew`;
  throw new ApiError("unavailable", detail, { facts: { unavailable } });
}

async function findFit(
  transaction: Kysely<Tables>,
  principal: Principal,
  field: string,
  prn: string,
): Promise<BinaryRow> {
  const row = await findBinary(transaction, principal, prn);
  if (row.state !== "signed") throw invalid(field, `must name a binary that is 'signed'; it is '${row.state}'`);
  const fit = await fitBinaries(transaction, row.organization_id).where("fit.id", "=", row.id).executeTakeFirst();
  if (!fit) throw invalid(field, "must name a binary that is signed by keys which aren't revoked");
  return row;
}

async function requireKin(transaction: Kysely<Tables>, from: BinaryRow, to: BinaryRow): Promise<void> {
  if (from.hash === to.hash)
    throw invalid("from_binary_prn", "must have other content than to_binary_prn; it is the same");
  if (from.target !== to.target) {
    throw invalid("from_binary_prn", `must be for the same target; it is for '${from.target}', not '${to.target}'`);
  }
  const artifacts = await transaction
    .selectFrom("artifact_versions")
    .select("artifact_id")
    .distinct()
    .where("organization_id", "=", from.organization_id)
    .where("id", "in", [from.artifact_version_id, to.artifact_version_id])
    .execute();
  if (artifacts.length > 1) throw invalid("from_binary_prn", "must be of the same artifact as to_binary_prn");
}

/** A row that waits: a new one, or one that failed before. */
async function request(
  transaction: Kysely<Tables>,
  principal: Principal,
  from: BinaryRow,
  to: BinaryRow,
  algorithm: DeltaAlgorithm,
  now: string,
): Promise<void> {
  const known = await transaction
    .selectFrom("deltas")
    .selectAll()
    .where("organization_id", "=", from.organization_id)
    .where("from_binary_id", "=", from.id)
    .where("to_binary_id", "=", to.id)
    .where("algorithm", "=", algorithm)
    .executeTakeFirst();
  if (!known) {
    const row = newDelta(uuidv7(), from, to, algorithm, now);
    await transaction.insertInto("deltas").values(row).execute();
    await record(transaction, { ...about(principal, "delta", row, "created"), after: { ...row }, at: now });
    return;
  }
  if (known.state !== "failed") return;
  const after = await transaction
    .updateTable("deltas")
    .set({ state: "waiting", detail: null, tries: 0, next_try_at: now, updated_at: now })
    .where("organization_id", "=", known.organization_id)
    .where("id", "=", known.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(transaction, { ...about(principal, "delta", after, "retried"), ...difference(known, after), at: now });
}

const columns: SearchColumns = {
  ...commonColumns("deltas", "delta"),
  from_binary_prn: { column: "deltas.from_binary_id", holds: "id", of: "binary" },
  to_binary_prn: { column: "deltas.to_binary_id", holds: "id", of: "binary" },
  algorithm: { column: "deltas.algorithm" },
  state: { column: "deltas.state" },
};

/** Deltas, with what their two binaries say. */
const shown = (db: Kysely<Tables>) =>
  db
    .selectFrom("deltas")
    .selectAll("deltas")
    .select(({ selectFrom }) => {
      const end = selectFrom("binaries as b").whereRef("b.organization_id", "=", "deltas.organization_id");
      return [
        end.whereRef("b.id", "=", "deltas.from_binary_id").select("b.hash").as("from_hash"),
        end.whereRef("b.id", "=", "deltas.to_binary_id").select("b.hash").as("to_hash"),
        end.whereRef("b.id", "=", "deltas.to_binary_id").select("b.size").as("whole_size"),
      ];
    });

export function listDeltas({ db }: Platform, principal: Principal, request: ListQuery) {
  const list = { table: "deltas", keys: searchKeys.deltas, columns } as const;
  return listOwn(db, shown(db), list, principal.organizationId, request, show);
}

/** With what was saved until now. @throws ApiError 404 */
export async function getDelta({ db, deltaSavings }: Platform, principal: Principal, prn: string): Promise<Delta> {
  await deltaSavings.flush();
  const { organization_id, id } = await findOwn(db, principal, "deltas", prn);
  const row = await shown(db)
    .where("deltas.organization_id", "=", organization_id)
    .where("deltas.id", "=", id)
    .executeTakeFirstOrThrow();
  return show(row);
}

/** @throws ApiError 404 */
export async function deleteDelta(platform: Platform, principal: Principal, prn: string): Promise<void> {
  const { db, clock, discarded } = platform;
  await changing(db, principal.organizationId, async (transaction) => {
    await dropDelta(transaction, clock, await findOwn(transaction, principal, "deltas", prn), principal);
  });
  discarded.remove();
}

type Shown = DeltaRow & { from_hash: string | null; to_hash: string | null; whole_size: number | null };

function show(row: Shown): Delta {
  const organizationId = row.organization_id;
  const whole = row.whole_size!;
  return {
    prn: resourcePrn(organizationId, "delta", row.id),
    organization_prn: organizationPrn(organizationId),
    from_binary_prn: resourcePrn(organizationId, "binary", row.from_binary_id),
    to_binary_prn: resourcePrn(organizationId, "binary", row.to_binary_id),
    from_hash: row.from_hash!,
    to_hash: row.to_hash!,
    algorithm: row.algorithm,
    state: row.state,
    size: row.size,
    hash: row.hash,
    whole_size: whole,
    detail: row.detail,
    downloaded_bytes: row.downloaded_bytes,
    saved_bytes: row.size === null ? 0 : savedBytes(row.downloaded_bytes, row.size, whole),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
