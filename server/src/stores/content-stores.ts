import {
  ApiError,
  type ContentStore,
  type CreateContentStore,
  invalid,
  type ListQuery,
  organizationPrn,
  resourcePrn,
  type StoreTest,
  searchKeys,
  type UpdateContentStore,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { about, difference, record } from "../activity/record.ts";
import { listOwn } from "../database/lists.ts";
import { findOwn } from "../database/own-row.ts";
import { commonColumns, type SearchColumns } from "../database/search.ts";
import type { ContentStoreRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { externalIdOf } from "./address.ts";
import { tryStore } from "./try-store.ts";

/** @throws ApiError 422 on `url` or `credentials` */
export async function createContentStore(
  platform: Platform,
  principal: Principal,
  body: CreateContentStore,
): Promise<ContentStore> {
  const { db, clock, stores } = platform;
  const id = uuidv7();
  const now = timestamp(clock.now());
  const row: ContentStoreRow = {
    organization_id: principal.organizationId,
    id,
    name: body.name,
    url: body.url,
    sealed_credentials: stores.sealCredentials(id, body.credentials ?? {}),
    state: "inactive",
    last_test: null,
    inserted_at: now,
    updated_at: now,
  };
  stores.settingsOf(row);
  await changing(db, principal.organizationId, async (transaction) => {
    await transaction.insertInto("content_stores").values(row).execute();
    await record(transaction, { ...about(principal, "content_store", row, "created"), after: told(row), at: now });
  });
  return show(platform, row);
}

const columns: SearchColumns = {
  ...commonColumns("content_stores", "content_store"),
  name: { column: "content_stores.name" },
  url: { column: "content_stores.url" },
  state: { column: "content_stores.state" },
};

export function listContentStores(platform: Platform, principal: Principal, request: ListQuery) {
  const { db } = platform;
  const list = { table: "content_stores", keys: searchKeys.content_stores, columns } as const;
  const rows = db.selectFrom("content_stores").selectAll();
  return listOwn(db, rows, list, principal.organizationId, request, (row) => show(platform, row));
}

/** @throws ApiError 404 */
export async function getContentStore(platform: Platform, principal: Principal, prn: string): Promise<ContentStore> {
  return show(platform, await findOwn(platform.db, principal, "content_stores", prn));
}

/** New credentials count once a test with them has passed. @throws ApiError 404; 422 on `credentials` */
export async function updateContentStore(
  platform: Platform,
  principal: Principal,
  prn: string,
  { name, credentials }: UpdateContentStore,
): Promise<ContentStore> {
  const { db, stores } = platform;
  const seen = await findOwn(db, principal, "content_stores", prn);
  const replaced = credentials && { sealed_credentials: stores.sealCredentials(seen.id, credentials) };
  if (replaced) requirePassed(await test(platform, { ...seen, ...replaced }), "credentials", "must work");
  return change(platform, principal, prn, "updated", () => ({ ...(name !== undefined && { name }), ...replaced }));
}

/** Tries all that the store must do, now, and remembers how it went. @throws ApiError 404 */
export async function testContentStore(platform: Platform, principal: Principal, prn: string): Promise<StoreTest> {
  const row = await findOwn(platform.db, principal, "content_stores", prn);
  const result = await test(platform, row);
  await change(platform, principal, prn, "tested", () => ({ last_test: JSON.stringify(result) }));
  return result;
}

/** From now on new content is kept there. @throws ApiError 404; 422 on `state` that names the step which failed */
export async function activateContentStore(
  platform: Platform,
  principal: Principal,
  prn: string,
): Promise<ContentStore> {
  const result = await testContentStore(platform, principal, prn);
  requirePassed(result, "state", "can't become 'active'");
  return change(platform, principal, prn, "activated", async (transaction, row) => {
    const active = await transaction
      .selectFrom("content_stores")
      .select(["organization_id", "id"])
      .where("organization_id", "=", row.organization_id)
      .where("state", "=", "active")
      .where("id", "!=", row.id)
      .executeTakeFirst();
    if (active) {
      const other = resourcePrn(active.organization_id, "content_store", active.id);
      await changeIn(transaction, platform, principal, other, "deactivated", async () => ({ state: "inactive" }));
    }
    return { state: "active" };
  });
}

/** New content is kept in the server's own store again; what is here stays. @throws ApiError 404 */
export function deactivateContentStore(platform: Platform, principal: Principal, prn: string): Promise<ContentStore> {
  return change(platform, principal, prn, "deactivated", () => ({ state: "inactive" }));
}

/**
 * @throws ApiError 404; 409 while content is kept there, or new content is to be; or, unless that is to be left where it is,
 * while there is something that could not be removed yet
 */
export async function deleteContentStore(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  abandon: boolean,
): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const row = await findOwn(transaction, principal, "content_stores", prn);
    await requireUnused(transaction, row);
    if (!abandon) await requireEmpty(transaction, row);
    await transaction
      .deleteFrom("discarded_content")
      .where("organization_id", "=", row.organization_id)
      .where("store_id", "=", row.id)
      .execute();
    await transaction
      .deleteFrom("content_copies")
      .where("organization_id", "=", row.organization_id)
      .where("move_id", "in", ({ selectFrom }) =>
        selectFrom("content_moves")
          .select("id")
          .where("organization_id", "=", row.organization_id)
          .where("to_store_id", "=", row.id),
      )
      .execute();
    await transaction
      .deleteFrom("content_stores")
      .where("organization_id", "=", row.organization_id)
      .where("id", "=", row.id)
      .execute();
    await record(transaction, {
      ...about(principal, "content_store", row, "deleted"),
      before: told(row),
      at: timestamp(clock.now()),
    });
  });
}

async function requireUnused(transaction: Kysely<Tables>, { organization_id, id, state }: ContentStoreRow) {
  if (state === "active") throw new ApiError("conflict", "new content is kept in this store; deactivate it first");
  const { kept } = await transaction
    .selectFrom("binaries")
    .select(({ fn }) => fn.countAll<number>().as("kept"))
    .where("organization_id", "=", organization_id)
    .where("store_id", "=", id)
    .executeTakeFirstOrThrow();
  if (Number(kept) > 0) {
    const facts = { binaries: Number(kept) };
    throw new ApiError("conflict", `${kept} binaries are kept in this store; move them to another first`, { facts });
  }
  const move = await transaction
    .selectFrom("content_moves")
    .select("id")
    .where("organization_id", "=", organization_id)
    .where("state", "in", ["running", "paused"])
    .where((eb) => eb.or([eb("from_store_id", "=", id), eb("to_store_id", "=", id)]))
    .executeTakeFirst();
  if (!move) return;
  const prn = resourcePrn(organization_id, "content_move", move.id);
  throw new ApiError("conflict", `the move ${prn} is not over; cancel it first`);
}

/** What is still to be removed from it: by a wait for links that may lead there, or because it couldn't be. */
async function requireEmpty(transaction: Kysely<Tables>, { organization_id, id }: ContentStoreRow): Promise<void> {
  const { left, last } = await transaction
    .selectFrom("discarded_content")
    .select(({ fn }) => [fn.countAll<number>().as("left"), fn.max("due_at").as("last")])
    .where("organization_id", "=", organization_id)
    .where("store_id", "=", id)
    .executeTakeFirstOrThrow();
  const { copies } = await transaction
    .selectFrom("content_copies as c")
    .innerJoin("content_moves as m", (join) =>
      join.onRef("m.organization_id", "=", "c.organization_id").onRef("m.id", "=", "c.move_id"),
    )
    .select(({ fn }) => fn.countAll<number>().as("copies"))
    .where("c.organization_id", "=", organization_id)
    .where("m.to_store_id", "=", id)
    .executeTakeFirstOrThrow();
  const all = Number(left) + Number(copies);
  if (all === 0) return;
  const when = last ? `, the last after ${last}` : "";
  const detail = `${all} contents are still to be removed from this store${when}; wait, or pass abandon=true to leave them`;
  throw new ApiError("conflict", detail, { facts: { contents: all } });
}

async function test(platform: Platform, row: ContentStoreRow): Promise<StoreTest> {
  const { stores, clock } = platform;
  return tryStore(stores.settingsOf(row), row.organization_id, timestamp(clock.now()));
}

/** The same for whoever is about to fill it. @throws ApiError 404; 422 on `field` that names the step which failed */
export async function requireWorking(
  platform: Platform,
  principal: Principal,
  prn: string,
  field: string,
): Promise<void> {
  requirePassed(await testContentStore(platform, principal, prn), field, "must work");
}

function requirePassed({ steps }: StoreTest, field: string, what: string): void {
  const failed = steps.find(({ outcome }) => outcome === "failed");
  if (failed) throw invalid(field, `${what}: the step '${failed.step}' failed: ${failed.detail}; ${failed.hint}`);
}

type Changes = Partial<ContentStoreRow>;
type Decide = (transaction: Kysely<Tables>, row: ContentStoreRow) => Changes | Promise<Changes>;

function change(
  platform: Platform,
  principal: Principal,
  prn: string,
  subtype: string,
  decide: Decide,
): Promise<ContentStore> {
  return changing(platform.db, principal.organizationId, async (transaction) =>
    show(platform, await changeIn(transaction, platform, principal, prn, subtype, decide)),
  );
}

async function changeIn(
  transaction: Kysely<Tables>,
  { clock }: Platform,
  principal: Principal,
  prn: string,
  subtype: string,
  decide: Decide,
): Promise<ContentStoreRow> {
  const before = await findOwn(transaction, principal, "content_stores", prn);
  const after = await transaction
    .updateTable("content_stores")
    .set({ ...(await decide(transaction, before)), updated_at: timestamp(clock.now()) })
    .where("organization_id", "=", before.organization_id)
    .where("id", "=", before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const changes = difference(told(before), told(after));
  // Never what they were or are.
  if (before.sealed_credentials !== after.sealed_credentials) changes.after.credentials = "replaced";
  if (subtype === "tested") changes.after.last_test = outcomeOf(after);
  await record(transaction, {
    ...about(principal, "content_store", after, subtype),
    ...changes,
    ...(subtype === "tested" && changes.after.last_test !== "passed" && { result: "failed" as const }),
    at: after.updated_at,
  });
  return after;
}

/** What the trail keeps of it. */
function told({ name, url, state }: ContentStoreRow) {
  return { name, url, state };
}

/** How its last test went, in a word or two. */
function outcomeOf({ last_test }: ContentStoreRow): string {
  const { steps } = JSON.parse(last_test!) as StoreTest;
  const failed = steps.find(({ outcome }) => outcome === "failed");
  return failed ? `failed: ${failed.step}: ${failed.detail}` : "passed";
}

function show({ secretKey }: Platform, row: ContentStoreRow): ContentStore {
  const organizationId = row.organization_id;
  const byRole = row.sealed_credentials === null;
  return {
    prn: resourcePrn(organizationId, "content_store", row.id),
    organization_prn: organizationPrn(organizationId),
    name: row.name,
    url: row.url,
    state: row.state,
    external_id: byRole ? externalIdOf({ organizationId, secretKey }) : null,
    last_test: row.last_test === null ? null : (JSON.parse(row.last_test) as StoreTest),
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
