import fc from "fast-check";
import { expect, it } from "vitest";
import { makeBuckets } from "./rate-limit.ts";

it("lets nobody through more often than the rate and one minute's worth allow, and everybody who keeps to it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.array(fc.nat(5_000), { maxLength: 200 }), (rate, pauses) => {
      let time = 0;
      const take = makeBuckets(rate, () => time);
      let allowed = 0;
      for (const pause of pauses) {
        time += pause;
        if (take("a").allowed) allowed++;
        expect(allowed).toBeLessThanOrEqual(rate + (time / 60_000) * rate + 1e-6);
      }
      const patient = makeBuckets(rate, () => time);
      for (let count = 0; count < 100; count++) {
        time += 60_000 / rate;
        expect(patient("b").allowed).toBe(true);
      }
    }),
  );
});

it("says truly when there is one more", () => {
  let time = 0;
  const take = makeBuckets(2, () => time);
  expect([take("a"), take("a"), take("a")].map(({ allowed }) => allowed)).toEqual([true, true, false]);
  expect(take("b").allowed).toBe(true);
  time += take("a").seconds * 1000;
  expect(take("a").allowed).toBe(true);
});

it("forgets who is idle, so that its memory has an end", () => {
  let time = 0;
  const take = makeBuckets(1, () => time);
  expect(take("first").allowed).toBe(true);
  for (let number = 0; number < 150_000; number++) take(`other ${number}`);
  time += 1;
  // Forgotten among so many: let in once more, rather than holding them all.
  expect(take("first").allowed).toBe(true);
});
