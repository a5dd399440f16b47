import type { StoreCredentials } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { seal, unseal } from "../accounts/secrets.ts";
import type { Config } from "../config.ts";
import { openObjectStore } from "../content/open.ts";
import type { ContentStore, ObjectStore } from "../content/store.ts";
import type { BinaryRow, ContentStoreRow, Tables } from "../database/tables.ts";
import { readAddress } from "./address.ts";

/** Milliseconds for which a replica goes on with credentials that were replaced. */
const trusted = 10_000;
/** Stores of organizations that are kept open; beyond that the one that was opened first is opened anew when it is needed. */
const maxOpen = 500;

interface Opened {
  store: ObjectStore;
  sealed: string | null;
  /** When its row was last read. */
  readAt: number;
}

/** Where a content is: null is the server's own store. */
export type StoreOf = Pick<BinaryRow, "organization_id" | "store_id">;

/** The server's own store, and those of organizations, each opened when it is first needed. */
export type Stores = ReturnType<typeof openStores>;

const context = (id: string): string => `content store ${id}`;

export function openStores({
  db,
  own,
  secretKey,
  config,
}: {
  db: Kysely<Tables>;
  own: ContentStore;
  secretKey: Buffer;
  config: Pick<Config, "storeAllowPrivate">;
}) {
  const opened = new Map<string, Opened>();

  function sealCredentials(id: string, credentials: StoreCredentials): string | null {
    if (Object.keys(credentials).length === 0) return null;
    return seal(secretKey, context(id), Buffer.from(JSON.stringify(credentials)));
  }

  /** How to reach it. @throws ApiError 422 when that is not, or no longer, allowed */
  function settingsOf(row: Pick<ContentStoreRow, "organization_id" | "id" | "url" | "sealed_credentials">) {
    const credentials =
      row.sealed_credentials === null
        ? {}
        : (JSON.parse(unseal(secretKey, context(row.id), row.sealed_credentials).toString()) as StoreCredentials);
    return readAddress(row.url, credentials, {
      organizationId: row.organization_id,
      secretKey,
      allowPrivate: config.storeAllowPrivate,
    });
  }

  async function theirs(organizationId: string, id: string): Promise<ObjectStore> {
    const known = opened.get(id);
    if (known && performance.now() - known.readAt < trusted) return known.store;
    const row = await db
      .selectFrom("content_stores")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!row) throw new Error(`the content store ${id} was deleted`);
    const readAt = performance.now();
    if (known?.sealed === row.sealed_credentials) {
      known.readAt = readAt;
      return known.store;
    }
    const store = await openObjectStore(settingsOf(row));
    opened.delete(id);
    const [first] = opened.keys();
    if (opened.size >= maxOpen) opened.delete(first!);
    opened.set(id, { store, sealed: row.sealed_credentials, readAt });
    return store;
  }

  return {
    own,
    sealCredentials,
    settingsOf,

    /** The store of a content. @throws Error when it was deleted */
    async of({ organization_id, store_id }: StoreOf): Promise<ContentStore> {
      return store_id === null ? own : theirs(organization_id, store_id);
    },
  };
}

/** The store in which an organization keeps new content. Call it in the transaction that creates or resets. */
export async function activeStore(transaction: Kysely<Tables>, organizationId: string): Promise<string | null> {
  const active = await transaction
    .selectFrom("content_stores")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("state", "=", "active")
    .executeTakeFirst();
  return active?.id ?? null;
}
