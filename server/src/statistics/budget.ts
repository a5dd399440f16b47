import { ApiError } from "@open-peridio/contract";
import { monthEnd, timestamp } from "../database/time.ts";
import { monthOf } from "./periods.ts";

/** An organization's present month. */
interface Month {
  month: string;
  /** As the database has it; null until it was read. */
  stored: number | null;
  /** Sent, and not yet in the database. */
  unwritten: number;
}

export type Budget = ReturnType<typeof makeBudget>;

/**
 * What each organization sends in a month, to the byte: what is stored, what isn't written yet, and what the running
 * downloads may still send. Between the check and the reservation nothing else runs, so no number of downloads at once
 * exceeds a limit.
 * @param readStored the month's bytes in the database; must not run while a flush does
 */
export function makeBudget(readStored: (organizationId: string, month: string) => Promise<number>) {
  const months = new Map<string, Month>();
  const reserved = new Map<string, number>();

  function present(organizationId: string, now: Date): Month {
    const month = monthOf(now);
    const known = months.get(organizationId);
    if (known && known.month >= month) return known;
    const fresh = { month, stored: null, unwritten: 0 };
    months.set(organizationId, fresh);
    return fresh;
  }

  async function loaded(organizationId: string, now: Date): Promise<Month & { stored: number }> {
    const month = present(organizationId, now);
    if (month.stored === null) {
      const stored = await readStored(organizationId, month.month);
      month.stored ??= stored;
    }
    return month as Month & { stored: number };
  }

  return {
    /** Bytes that were sent this month. */
    async used(organizationId: string, now: Date): Promise<number> {
      const { stored, unwritten } = await loaded(organizationId, now);
      return stored + unwritten;
    },

    /**
     * Sets `needed` bytes aside for a download that is about to begin; to be settled when it ended.
     * @param limit null for none
     * @throws ApiError 507 that says what is used, allowed and needed, and when the month ends
     */
    async reserve(organizationId: string, needed: number, limit: number | null, now: Date): Promise<void> {
      const held = () => reserved.get(organizationId) ?? 0;
      if (limit !== null) {
        const { stored, unwritten } = await loaded(organizationId, now);
        const used = stored + unwritten + held();
        if (needed > 0 && used + needed > limit) throw exceeded(used, limit, needed, now);
      }
      reserved.set(organizationId, held() + needed);
    },

    /** Gives back what was set aside, and counts what was really sent. */
    settle(organizationId: string, needed: number, sent: number, now: Date): void {
      const left = (reserved.get(organizationId) ?? 0) - needed;
      if (left === 0) reserved.delete(organizationId);
      else reserved.set(organizationId, left);
      present(organizationId, now).unwritten += sent;
    },

    /** To be called when `bytes` of what was settled have reached the database, which then has `stored`. */
    written(organizationId: string, month: string, bytes: number, stored: number): void {
      const known = months.get(organizationId);
      if (known?.month !== month) return;
      known.unwritten -= bytes;
      known.stored = stored;
    },

    /** The months that are known from the database, which another process may have added to. */
    known(): { organizationId: string; month: string }[] {
      return [...months]
        .filter(([, { stored }]) => stored !== null)
        .map(([organizationId, { month }]) => ({ organizationId, month }));
    },
  };
}

function exceeded(used: number, allowed: number, needed: number, now: Date): ApiError {
  const end = monthEnd(now);
  const resetsAt = timestamp(end);
  const detail =
    `${used} of ${allowed} allowed bytes were sent this month in this organization; ${needed} more are needed; ` +
    `the next month begins at ${resetsAt}`;
  return new ApiError("quota_exceeded", detail, {
    headers: { "retry-after": String(Math.ceil((end.getTime() - now.getTime()) / 1000)) },
    facts: { quota: "monthly_download_bytes", used, allowed, needed, resets_at: resetsAt },
  });
}
