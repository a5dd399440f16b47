import { type CheckName, type ContentFault, contentFaults, organizationPrn, resourcePrn } from "@open-peridio/contract";
import { contentKeyOf, recordsSharing } from "../binaries/shared-content.ts";
import type { ContentStore } from "../content/store.ts";
import type { BinaryRow, ContentCheckRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Platform } from "../platform.ts";
import { type Fault, faultsOf, type Reading } from "./check-binary.ts";
import { isKnown, readKey } from "./needed.ts";
import { setQuarantine } from "./quarantine.ts";
import { askAgain, discard, recount, usageOf } from "./repair.ts";

/** Records that are read at once. */
const batch = 200;
/** Bytes as which everything counts that is looked at without being read. */
const lookBytes = 4_096;

/** Something that isn't as it should be. */
export interface Finding {
  kind: Fault["kind"] | "wrong_usage" | "orphaned_file" | "orphaned_upload" | "unreadable";
  /** PRN of the organization, or of the binary. */
  prn: string;
  /** What is wrong, in words. */
  detail: string;
  repaired: boolean;
}

export interface Check extends Reading {
  name: CheckName;
  repair: boolean;
  /** Milliseconds that what no record knows must be old: younger, it may be on its way. */
  grace: number;
  report(finding: Finding): void;
  /** Brings the content of a record back from elsewhere, if that is wanted; false when it isn't there. */
  bringBack: ((row: BinaryRow) => Promise<boolean>) | null;
}

export type Needs = Pick<Platform, "db" | "stores" | "clock">;

interface Position {
  stage: "records" | "stores";
  /** Behind this binary, or this key of a store; the store as its organization and id. */
  after: string[];
}

/** Compares all records with all content, both ways; after a break it goes on where it was. Returns what the pass came to. */
export async function checkAll(platform: Needs, check: Check): Promise<ContentCheckRow> {
  const { db, clock } = platform;
  const state = await beginOrGoOn(platform, check.name);
  let position = JSON.parse(state.position!) as Position;

  const save = async (changes: Partial<ContentCheckRow>): Promise<void> => {
    Object.assign(state, changes);
    const { checked_binaries, checked_bytes, findings, completed_at, last_completed_at } = state;
    await db
      .updateTable("content_checks")
      .set({ position: state.position, checked_binaries, checked_bytes, findings, completed_at, last_completed_at })
      .where("name", "=", check.name)
      .execute();
  };
  const report = (finding: Finding): void => {
    state.findings++;
    check.report(finding);
  };

  if (position.stage === "records") {
    if (position.after[1] === "") await checkUsage(platform, check, report);
    for (;;) {
      const [organization, id] = position.after as [string, string];
      const rows = await db
        .selectFrom("binaries")
        .selectAll()
        .where("state", "!=", "destroyed")
        .where(({ eb, refTuple, tuple }) => eb(refTuple("organization_id", "id"), ">", tuple(organization, id)))
        .orderBy("organization_id")
        .orderBy("id")
        .limit(batch)
        .execute();
      for (const row of rows) {
        await check.throttle(lookBytes, check.signal);
        await checkBinary(platform, check, row, report);
        state.checked_binaries++;
        if (check.deep && row.content_file !== null) state.checked_bytes += row.size ?? 0;
        position = { stage: "records", after: [row.organization_id, row.id] };
        // What takes long to read is not read again.
        if ((row.size ?? 0) > 100_000_000) await save({ position: JSON.stringify(position) });
      }
      if (rows.length < batch) break;
      await save({ position: JSON.stringify(position) });
    }
    position = { stage: "stores", after: ["", "", ""] };
    await save({ position: JSON.stringify(position) });
  }
  const theirs = await db
    .selectFrom("content_stores")
    .select(["organization_id", "id"])
    .orderBy("organization_id")
    .orderBy("id")
    .execute();
  const [inOrganization, inStore, behind] = position.after as [string, string, string];
  const keyOf = (store: { organization_id: string; id: string }) => `${store.organization_id} ${store.id}`;
  for (const store of [{ organization_id: "", id: "" }, ...theirs]) {
    const here = keyOf(store);
    const from = `${inOrganization} ${inStore}`;
    if (here < from) continue;
    const store_id = store.id || null;
    try {
      const content = await platform.stores.of({ organization_id: store.organization_id, store_id });
      await checkStore(platform, check, { ...store, store_id, content }, here === from ? behind : "", report, (key) =>
        save({ position: JSON.stringify({ stage: "stores", after: [store.organization_id, store.id, key] }) }),
      );
    } catch (error) {
      check.signal.throwIfAborted();
      const prn = store.id === "" ? "server" : resourcePrn(store.organization_id, "content_store", store.id);
      report({ kind: "unreadable", prn, detail: `can't be listed: ${(error as Error).message}`, repaired: false });
    }
  }
  const now = timestamp(clock.now());
  await save({ position: null, completed_at: now, last_completed_at: now });
  return state;
}

async function beginOrGoOn({ db, clock }: Needs, name: CheckName): Promise<ContentCheckRow> {
  const before = await db.selectFrom("content_checks").selectAll().where("name", "=", name).executeTakeFirst();
  if (before?.position) return before;
  const row: ContentCheckRow = {
    name,
    started_at: timestamp(clock.now()),
    position: JSON.stringify({ stage: "records", after: ["", ""] } satisfies Position),
    checked_binaries: 0,
    checked_bytes: 0,
    findings: 0,
    completed_at: null,
    last_completed_at: before?.last_completed_at ?? null,
  };
  await db
    .insertInto("content_checks")
    .values(row)
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ ...row }))
    .execute();
  return row;
}

async function checkUsage(platform: Needs, check: Check, report: (finding: Finding) => void): Promise<void> {
  for (const { id } of await platform.db.selectFrom("organizations").select("id").execute()) {
    const { counted, real } = await changing(platform.db, id, (transaction) => usageOf(transaction, id));
    if (counted.stored_bytes === real.stored_bytes && counted.binaries === real.binaries) continue;
    const detail = `counts ${JSON.stringify(counted)}, but has ${JSON.stringify(real)}`;
    const repaired = check.repair && (await recount(platform, id));
    report({ kind: "wrong_usage", prn: organizationPrn(id), detail, repaired });
  }
}

const isContentFault = (kind: Fault["kind"]): kind is ContentFault =>
  (contentFaults as readonly string[]).includes(kind);

/** One record. What must not be served is taken out of service, and put back once it is whole. */
export async function checkBinary(
  platform: Needs,
  check: Check,
  row: BinaryRow,
  report: (finding: Finding) => void,
): Promise<void> {
  const prn = resourcePrn(row.organization_id, "binary", row.id);
  try {
    if (await wasChecked(platform, row)) return;
    // Only who has read all of it knows that it is whole again.
    const reading = { ...check, deep: check.deep || row.quarantine !== null };
    const faults = await faultsOf(platform, row, reading);
    if (faults.length === 0) {
      if (row.quarantine !== null) await setQuarantine(platform, row, null);
      return;
    }
    const again = await unchanged(platform, row);
    if (!again) return;
    // Twice, so that what was under way at the first look is none.
    for (const { kind, detail, part } of await faultsOf(platform, again, reading)) {
      if (isContentFault(kind)) await setQuarantine(platform, again, { fault: kind, detail });
      const repaired = await mend(platform, check, again, part, reading);
      report({ kind, prn, detail, repaired });
    }
  } catch (error) {
    check.signal.throwIfAborted();
    if (await unchanged(platform, row)) {
      report({ kind: "unreadable", prn, detail: `can't be read: ${(error as Error).message}`, repaired: false });
    }
  }
}

/** A lost part is asked for again; a whole content is brought back, and put back into service once all of it was read. */
async function mend(
  platform: Needs,
  check: Check,
  row: BinaryRow,
  part: number | undefined,
  reading: Reading,
): Promise<boolean> {
  if (part !== undefined) return check.repair && askAgain(platform, row, part);
  const quarantined = await unchanged(platform, row);
  if (!quarantined || !(await check.bringBack?.(quarantined))) return false;
  // It may be kept in another way than before.
  const brought = await unchanged(platform, row);
  if (!brought || (await faultsOf(platform, brought, { ...reading, deep: true })).length > 0) return false;
  return setQuarantine(platform, brought, null);
}

/** The row as it is now; null when its content is another one by now. */
async function unchanged({ db }: Needs, row: BinaryRow): Promise<BinaryRow | null> {
  const now = await db
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", row.organization_id)
    .where("id", "=", row.id)
    .executeTakeFirst();
  const same = now?.revision === row.revision && contentKeyOf(now) === contentKeyOf(row);
  return same && now.state !== "destroyed" ? now : null;
}

/** What a record shares with one that comes before it was looked at then, and what was found holds for both. */
async function wasChecked(platform: Needs, row: BinaryRow): Promise<boolean> {
  const now = row.content_binary_id === null ? null : await unchanged(platform, row);
  if (!now) return false;
  const before = await recordsSharing(platform.db, now)
    .select("id")
    .where("id", "<", now.id)
    // Where they differ, something else set one of them.
    .where("quarantine", now.quarantine === null ? "is" : "is not", null)
    .limit(1)
    .executeTakeFirst();
  return before !== undefined;
}

interface Place {
  organization_id: string;
  store_id: string | null;
  content: ContentStore;
}

/** What a store has that no record knows. Of an organization's store only that organization's. */
async function checkStore(
  platform: Needs,
  check: Check,
  { organization_id, store_id, content }: Place,
  after: string,
  report: (finding: Finding) => void,
  save: (key: string) => Promise<void>,
): Promise<void> {
  const { db, clock } = platform;
  const old = () => clock.now().getTime() - check.grace;
  const whose = (organizationId: string, binaryId: string) => resourcePrn(organizationId, "binary", binaryId);
  const ours = (organizationId: string) => store_id === null || organizationId === organization_id;
  let looked = 0;
  for await (const { key, size, modifiedAt } of content.entries(after)) {
    await check.throttle(lookBytes, check.signal);
    if (++looked % batch === 0) await save(key);
    const kept = readKey(key);
    if (!kept || !ours(kept.place.organizationId) || modifiedAt.getTime() > old()) continue;
    if (await isKnown(db, kept)) continue;
    const repaired = check.repair && (await discard(platform, kept, store_id));
    const prn = whose(kept.place.organizationId, kept.place.binaryId);
    report({ kind: "orphaned_file", prn, detail: `'${key}' (${size} bytes) is needed by no record`, repaired });
  }
  if (content.kind === "files") return;
  for await (const { key, upload, touchedAt } of content.openUploads()) {
    const kept = readKey(key);
    if (!kept || !ours(kept.place.organizationId) || touchedAt.getTime() > old()) continue;
    if (await isKnown(db, kept, upload)) continue;
    if (check.repair) await content.abortUpload(kept.place, kept.file, upload);
    const prn = whose(kept.place.organizationId, kept.place.binaryId);
    report({
      kind: "orphaned_upload",
      prn,
      detail: `the upload '${upload}' to '${key}' is known to no record`,
      repaired: check.repair,
    });
  }
}
