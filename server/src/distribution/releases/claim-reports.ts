import type { ClaimState, ReportedState } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import { isPostgres } from "../../database/dialect.ts";
import type { ReleaseClaimRow, ReleaseRow, Tables } from "../../database/tables.ts";
import { timestamp } from "../../database/time.ts";
import { changing, inTransaction } from "../../database/transaction.ts";
import type { DeviceCaller } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { makeBatches } from "./batches.ts";
import { haltIfFailing } from "./halting.ts";

export interface ClaimReport {
  releaseId: string;
  state: ReportedState;
  /** What the device says of it; null: nothing new. */
  detail: string | null;
}

interface Told extends ClaimReport {
  deviceId: string;
}

export type ClaimReports = ReturnType<typeof makeClaimReports>;

const meaning = {
  downloading: "downloading",
  installing: "installing",
  installed: "done",
  failed: "failed",
  rolled_back: "failed",
} as const satisfies Record<ReportedState, ClaimState>;

const ended: ReadonlySet<ClaimState> = new Set(["done", "failed"]);

/**
 * Writes down how far a device has come with a release that it has claimed. To be called as well with `installed` when a
 * device begins to run it. Resolves when it is durable: false when the device has no such claim.
 */
export function reportClaim(
  platform: Platform,
  { organizationId, deviceId }: DeviceCaller,
  report: ClaimReport,
): Promise<boolean> {
  return platform.claimReports(organizationId, { ...report, deviceId });
}

export function makeClaimReports({ db, clock }: Pick<Platform, "db" | "clock">) {
  return makeBatches<Told, boolean>((organizationId, told) => {
    // What may halt a release is a change of the organization, with its turn; the rest needs none.
    const fails = told.some(({ state }) => meaning[state] === "failed");
    const write = (transaction: Kysely<Tables>) => writeAll(transaction, organizationId, told, timestamp(clock.now()));
    return fails ? changing(db, organizationId, write) : inTransaction(db, write);
  });
}

interface Ends {
  done: number;
  failed: number;
}

async function writeAll(
  transaction: Kysely<Tables>,
  organizationId: string,
  told: readonly Told[],
  at: string,
): Promise<boolean[]> {
  const ends = new Map<string, Ends>();
  const known = new Map<Told, boolean>();
  for (const report of inOneOrder(told)) {
    const claim = await takeClaim(transaction, organizationId, report);
    known.set(report, claim !== undefined);
    if (!claim) continue;
    const state = await writeState(transaction, claim, report, at);
    if (state === claim.state) continue;
    const counted = ends.get(claim.release_id) ?? { done: 0, failed: 0 };
    ends.set(claim.release_id, counted);
    if (claim.state === "done" || claim.state === "failed") counted[claim.state] -= 1;
    if (state === "done" || state === "failed") counted[state] += 1;
  }
  for (const [releaseId, counted] of [...ends].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const release = await count(transaction, organizationId, releaseId, counted);
    if (release && counted.failed > 0) await haltIfFailing(transaction, release, at);
  }
  return told.map((report) => known.get(report)!);
}

/** One order for all, so that two transactions don't wait for each other; of one claim as they came. */
function inOneOrder(told: readonly Told[]): Told[] {
  const key = ({ deviceId, releaseId }: Told) => `${releaseId} ${deviceId}`;
  return [...told].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function takeClaim(
  transaction: Kysely<Tables>,
  organizationId: string,
  { deviceId, releaseId }: Told,
): Promise<ReleaseClaimRow | undefined> {
  const query = transaction
    .selectFrom("release_claims")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("device_id", "=", deviceId)
    .where("release_id", "=", releaseId);
  return (isPostgres(transaction) ? query.forUpdate() : query).executeTakeFirst();
}

/** Writes and returns the state that a claim has then. One that has ended only ends otherwise: a second try is no progress. */
async function writeState(
  transaction: Kysely<Tables>,
  claim: ReleaseClaimRow,
  report: Told,
  at: string,
): Promise<ClaimState> {
  const reported = meaning[report.state];
  const state = ended.has(claim.state) && !ended.has(reported) ? claim.state : reported;
  const detail = readable(report.detail) ?? (state === claim.state ? claim.detail : null);
  if (state === claim.state && detail === claim.detail) return state;
  await transaction
    .updateTable("release_claims")
    .set({ state, detail, updated_at: at })
    .where("organization_id", "=", claim.organization_id)
    .where("id", "=", claim.id)
    .execute();
  return state;
}

/** Without control characters, which not every database can hold. */
function readable(detail: string | null): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
  return detail?.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " ") ?? null;
}

/** Counts how many devices ended. What ended before a release was resumed isn't counted, and can't be taken off again. */
function count(
  transaction: Kysely<Tables>,
  organizationId: string,
  releaseId: string,
  { done, failed }: Ends,
): Promise<ReleaseRow | undefined> {
  const atLeastNone = (column: string, change: number) =>
    sql<number>`case when ${sql.ref(column)} + ${change} > 0 then ${sql.ref(column)} + ${change} else 0 end`;
  return transaction
    .updateTable("releases")
    .set({ done: atLeastNone("done", done), failed: atLeastNone("failed", failed) })
    .where("organization_id", "=", organizationId)
    .where("id", "=", releaseId)
    .returningAll()
    .executeTakeFirst();
}
