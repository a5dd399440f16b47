import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBudget } from "./budget.ts";

const january = new Date("2026-01-31T23:00:00Z");
const february = new Date("2026-02-01T00:00:00Z");

describe("a month's budget", () => {
  it("is never exceeded, whatever is reserved, sent in part, and written in between", async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("begin" as const), bytes: fc.nat(60) }),
      fc.record({ kind: fc.constant("end" as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ kind: fc.constant("write" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 100 }), fc.nat(50), async (steps, before) => {
        const limit = 100;
        let stored = before;
        let unwritten = 0;
        const budget = makeBudget(async () => stored);
        const running: number[] = [];
        for (const now of steps) {
          if (now.kind === "begin") {
            const fits = stored + unwritten + running.reduce((sum, one) => sum + one, 0) + now.bytes <= limit;
            const admitted = await budget.reserve("o", now.bytes, limit, january).then(
              () => true,
              () => false,
            );
            expect(admitted).toBe(fits || now.bytes === 0);
            if (admitted) running.push(now.bytes);
          } else if (now.kind === "end" && running.length > 0) {
            const needed = running.pop()!;
            const sent = Math.floor(needed * now.part);
            budget.settle("o", needed, sent, january);
            unwritten += sent;
          } else if (now.kind === "write") {
            stored += unwritten;
            budget.written("o", "2026-01", unwritten, stored);
            unwritten = 0;
          }
          expect(await budget.used("o", january)).toBe(stored + unwritten);
          expect(stored + unwritten).toBeLessThanOrEqual(Math.max(limit, before));
        }
      }),
    );
  });

  it("says what is used, allowed and needed, and when to come back", async () => {
    const budget = makeBudget(async () => 90);
    await expect(budget.reserve("o", 20, 100, january)).rejects.toMatchObject({
      code: "quota_exceeded",
      status: 507,
      headers: { "retry-after": "3600" },
      facts: { used: 90, allowed: 100, needed: 20, resets_at: "2026-02-01T00:00:00.000000Z" },
    });
  });

  it("begins anew with the month, and a download that ends in it counts there", async () => {
    const budget = makeBudget(async (_, month) => (month === "2026-01" ? 100 : 0));
    await expect(budget.reserve("o", 1, 100, january)).rejects.toThrow(/more are needed/);
    await budget.reserve("o", 60, null, january);
    await expect(budget.reserve("o", 60, 100, february)).rejects.toThrow(/60 of 100/);
    budget.settle("o", 60, 10, february);
    expect(await budget.used("o", february)).toBe(10);
    await budget.reserve("o", 90, 100, february);
  });
});
