import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Download, makeAggregator, other } from "./aggregator.ts";

const caps = { userAgents: 3, combinations: 4, allCombinations: 6, addresses: 2 };
const start = Date.parse("2026-01-31T22:30:00Z");

const few = (...values: string[]) => fc.constantFrom(...values);
const download: fc.Arbitrary<Download> = fc.record({
  organizationId: few("o1", "o2"),
  binaryId: few("b1", "b2", "b3"),
  // Across an hour, a day and a month.
  at: fc.integer({ min: 0, max: 3 * 3_600_000 }).map((after) => new Date(start + after)),
  country: few("DE", "FR", "unknown"),
  userAgent: few("curl", "wget", "agent", "unknown", "x1", "x2"),
  maker: few("k_1", "k_2", "u_1"),
  address: few("a1", "a2", "a3", "a4"),
  bytes: fc.nat(1_000_000),
  completed: fc.boolean(),
});

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

describe("what is drained", () => {
  it("adds up to what was fed, whatever the caps leave out, and whatever is taken back in between", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(download, fc.constant("restore" as const))), (steps) => {
        const aggregator = makeAggregator(caps);
        for (const step of steps) {
          if (step === "restore") aggregator.restore(aggregator.drain());
          else aggregator.feed(step);
        }
        const fed = steps.filter((step) => step !== "restore");
        const { hourly, monthly, daily } = aggregator.drain();
        for (const organizationId of ["o1", "o2"]) {
          const own = fed.filter((one) => one.organizationId === organizationId);
          const bytes = sum(own.map((one) => one.bytes));
          const of = <T extends { organizationId: string }>(rows: T[]) =>
            rows.filter((row) => row.organizationId === organizationId);
          expect(sum(of(hourly).map((row) => row.requests))).toBe(own.length);
          expect(sum(of(hourly).map((row) => row.completed))).toBe(own.filter((one) => one.completed).length);
          expect(sum(of(hourly).map((row) => row.bytes))).toBe(bytes);
          expect(sum(of(monthly).map((row) => row.bytes))).toBe(bytes);
          const makers = of(daily).filter(({ kind }) => kind === "maker");
          expect(sum(makers.map((row) => row.bytes))).toBe(bytes);
        }
        for (const binaryId of ["b1", "b2", "b3"]) {
          const bytes = sum(fed.filter((one) => one.binaryId === binaryId).map((one) => one.bytes));
          expect(sum(hourly.filter((row) => row.binaryId === binaryId).map((row) => row.bytes))).toBe(bytes);
        }
        expect(aggregator.drain()).toEqual({ hourly: [], monthly: [], daily: [] });
      }),
    );
  });

  it("tells no more apart than the caps say", () => {
    fc.assert(
      fc.property(fc.array(download, { maxLength: 300 }), (downloads) => {
        const aggregator = makeAggregator(caps);
        // As they come: a new hour begins only once.
        for (const one of downloads) aggregator.feed({ ...one, at: new Date(start) });
        const { hourly, daily } = aggregator.drain();
        const told = hourly.filter(({ maker }) => maker !== other);
        expect(told.length).toBeLessThanOrEqual(caps.allCombinations);
        for (const organization of ["o1", "o2"]) {
          const agents = told.filter(({ organizationId }) => organizationId === organization);
          const names = new Set(agents.map(({ userAgent }) => userAgent).filter((name) => name !== other));
          expect(names.size).toBeLessThanOrEqual(caps.userAgents);
          const addresses = daily.filter((row) => row.organizationId === organization && row.kind === "address");
          expect(addresses.length).toBeLessThanOrEqual(caps.addresses);
        }
      }),
    );
  });

  it("stays small for a million downloads that all say they are something else", () => {
    const aggregator = makeAggregator();
    const at = new Date(start);
    for (let number = 0; number < 1_000_000; number++) {
      aggregator.feed({
        organizationId: "o",
        binaryId: `b${number % 3}`,
        at,
        country: "unknown",
        userAgent: `agent-${number}`,
        maker: `k_${number % 50}`,
        address: `10.${number}`,
        bytes: 1,
        completed: true,
      });
    }
    const { hourly, daily } = aggregator.drain();
    expect(sum(hourly.map(({ requests }) => requests))).toBe(1_000_000);
    expect(hourly.length).toBeLessThanOrEqual(3 * (256 + 1));
    expect(daily.length).toBeLessThanOrEqual(10_000 + 50);
  });
});
