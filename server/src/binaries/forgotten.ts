import { resourcePrn } from "@open-peridio/contract";
import type { Transaction } from "kysely";
import { difference, record } from "../activity/record.ts";
import { startRounds } from "../database/rounds.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { noteArrivedParts } from "./arrived-parts.ts";
import { deciding } from "./deciding.ts";
import { changeIfUnchanged, dropContent, placeOf } from "./transitions.ts";
import { forgetEnded, noteWarning, noteWriter, progressOf, type UploadProgress } from "./upload-progress.ts";

/** Milliseconds between two looks. */
const lookEvery = 10_000;
/** Milliseconds after which a writer is kept in the database as one at work; shorter ones change a record when they end. */
const longWriter = 60_000;
/** Milliseconds before its removal that an upload is told of. */
const notice = 86_400_000;
/** Uploads that are read at once. */
const batch = 500;

/** Removes uploads that were begun and given up: their parts, and what a content store keeps of them. */
export type Forgotten = ReturnType<typeof forgetUploads>;

type Needs = Pick<Platform, "db" | "stores" | "clock" | "log" | "uploads" | "discarded" | "leases"> & {
  config: Pick<Platform["config"], "uploadForgottenAfter" | "uploadExpiry">;
};

export function forgetUploads(platform: Needs) {
  const { db, clock, log, uploads, leases, config } = platform;
  // As long as a link lives somebody may send a part by it.
  const life = Math.max(config.uploadForgottenAfter, config.uploadExpiry) * 1000;
  const ahead = Math.min(notice, life / 2);

  /** What is to be done with an upload now. */
  function judge({ at, warnedAt }: UploadProgress, now: number): { warn: boolean; remove: boolean; expiresAt: Date } {
    const told = warnedAt === null ? now : Date.parse(warnedAt);
    const expiresAt = Math.max(Date.parse(at) + life, told + ahead);
    const isNear = now >= Date.parse(at) + life - ahead;
    return {
      warn: isNear && warnedAt === null,
      remove: warnedAt !== null && now >= expiresAt,
      expiresAt: new Date(expiresAt),
    };
  }

  /** Looks at one again, in the organization's turn: a part that arrived meanwhile is seen. */
  async function decide(row: BinaryRow): Promise<BinaryRow | null> {
    return deciding(db, row.organization_id, async (transaction) => {
      const found = await transaction
        .selectFrom("binaries")
        .selectAll()
        .where("organization_id", "=", row.organization_id)
        .where("id", "=", row.id)
        .executeTakeFirst();
      if (found?.state !== "uploadable" || found.revision !== row.revision) return null;
      const progress = await progressOf(transaction, found);
      const now = clock.now();
      const { warn, remove, expiresAt } = judge(progress, now.getTime());
      if (warn) {
        await noteWarning(transaction, found, timestamp(now));
        await tell(transaction, found, found, "upload_expiring", {
          ...told(progress),
          expires_at: timestamp(expiresAt),
          at: timestamp(now),
        });
      }
      if (!remove || uploads.writing(placeOf(found))) return null;
      const dropped = await dropContent(transaction, clock, found);
      const after = await changeIfUnchanged(transaction, clock, found, dropped);
      await tell(transaction, found, after, "upload_expired", { ...told(progress), at: after.updated_at });
      return found;
    });
  }

  async function look(row: BinaryRow): Promise<void> {
    const now = clock.now().getTime();
    const { warn, remove } = judge(await progressOf(db, row), now);
    if (!warn && !remove) return;
    // An object store tells nobody of parts that arrived; asked, it shows that the upload goes on.
    await noteArrivedParts(platform, row);
    const removed = await decide(row);
    if (!removed) return;
    await uploads.stop(placeOf(removed));
    platform.discarded.remove();
    log.info({ binary: row.id, organization: row.organization_id }, "an upload that was given up was removed");
  }

  /** Each upload that was begun and of whose record nothing changed for long. */
  async function round(signal: AbortSignal): Promise<void> {
    const broken = new Set<string | null>();
    let last = { updated_at: "", organization_id: "", id: "" };
    while (!signal.aborted) {
      const rows = await db
        .selectFrom("binaries")
        .selectAll()
        .where("state", "=", "uploadable")
        .where((eb) => eb.or([eb("reserved_bytes", ">", 0), eb("upload_id", "is not", null)]))
        .where("updated_at", "<=", timestamp(new Date(clock.now().getTime() - life + ahead)))
        .where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple("updated_at", "organization_id", "id"),
            ">",
            tuple(last.updated_at, last.organization_id, last.id),
          ),
        )
        .orderBy("updated_at")
        .orderBy("organization_id")
        .orderBy("id")
        .limit(batch)
        .execute();
      for (const row of rows) {
        if (signal.aborted) return;
        if (broken.has(row.store_id)) continue;
        await look(row).catch((err) => {
          broken.add(row.store_id);
          log.error({ err, binary: row.id }, "an upload that was given up could not be removed yet");
        });
      }
      if (rows.length < batch) return forgetEnded(db);
      last = rows.at(-1)!;
    }
  }

  async function run(stopping: AbortSignal): Promise<void> {
    const now = timestamp(clock.now());
    for (const place of uploads.longerThan(longWriter)) await noteWriter(db, place, now);
    await leases.holding("forgotten uploads", (lost) => round(AbortSignal.any([lost, stopping])));
  }

  const every = config.uploadForgottenAfter === 0 ? 0 : lookEvery;
  return startRounds(platform, { every, failed: "uploads that were given up can't be read" }, run);
}

interface Told {
  parts: number;
  bytes: number;
  last_progress_at: string;
}

function told({ at, parts, bytes }: UploadProgress): Told {
  return { parts, bytes, last_progress_at: at };
}

async function tell(
  transaction: Transaction<Tables>,
  before: BinaryRow,
  after: BinaryRow,
  subtype: "upload_expiring" | "upload_expired",
  { at, ...details }: Told & { at: string; expires_at?: string },
): Promise<void> {
  await record(transaction, {
    organizationId: after.organization_id,
    by: theServer,
    type: "binary",
    subtype,
    resource: resourcePrn(after.organization_id, "binary", after.id),
    data: {
      from: before.state,
      to: after.state,
      reason: "the upload was begun and not gone on with",
      revision: after.revision,
      ...details,
    },
    ...difference(before, after),
    at,
  });
}
