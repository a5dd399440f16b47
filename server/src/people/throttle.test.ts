import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, makeDatabase, type TestDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import type { Tables } from "../database/tables.ts";
import { networkOf } from "../http/network.ts";
import { beginAttempt, beginCode } from "./throttle.ts";

describe.each(databaseKinds)("the throttle on %s", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Tables>;
  beforeAll(async () => {
    database = await makeDatabase(kind);
    db = await openDatabase(database.url);
  });
  afterAll(async () => {
    await db.destroy();
    await database.remove();
  });

  const now = new Date("2026-01-31T00:00:00Z");
  let count = 0;

  /** How many of so many attempts in a row are looked at. */
  async function lookedAt(attempts: number, attempt: () => Promise<unknown>): Promise<number> {
    let looked = 0;
    for (let i = 0; i < attempts; i++) {
      await attempt().then(
        () => looked++,
        (error) => expect(error.code).toBe("too_many_requests"),
      );
    }
    return looked;
  }

  describe("the throttle", () => {
    it("takes the addresses of one IPv6 network for one", async () => {
      expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2::1"));
      expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
      expect(networkOf("::ffff:192.0.2.1")).toBe("192.0.2.1");
      expect(networkOf("192.0.2.1")).not.toBe(networkOf("192.0.2.2"));
      const guess = () => beginAttempt(db, now, { account: `a${++count}`, address: `2001:db8::${count.toString(16)}` });
      expect(await lookedAt(80, guess)).toBe(51);
    });

    it("goes on for an address when one who knows a password succeeds there", async () => {
      const guess = () => beginAttempt(db, now, { account: `b${++count}`, address: "192.0.2.7" });
      await lookedAt(40, guess);
      const right = await beginAttempt(db, now, { account: "b", address: "192.0.2.7" });
      await lookedAt(40, guess);
      await right.succeeded();
      expect(await lookedAt(40, guess)).toBe(0);

      // The same when the success itself came late enough to cause a pause.
      const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
      const late = (when: Date) => beginAttempt(db, when, { account: `b${++count}`, address: "192.0.2.10" });
      await lookedAt(50, () => late(now));
      const lateRight = await late(now);
      expect(await lookedAt(1, () => late(at(1_500)))).toBe(1);
      await lateRight.succeeded();
      expect(await lookedAt(1, () => late(at(1_600)))).toBe(0);
    });

    it("ends the pause of a success", async () => {
      const address = "192.0.2.8";
      const attempt = (account: string, at = now) => beginAttempt(db, at, { account, address });
      await lookedAt(50, () => attempt(`c${++count}`));
      await (await attempt("c")).succeeded();
      await (await attempt("c")).succeeded();
    });

    it("makes whoever tries codes wait an hour, and forgets it at the right one", async () => {
      const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
      expect(await lookedAt(20, () => beginCode(db, now, "user"))).toBe(6);
      let seconds = 0;
      let looked = 0;
      for (; seconds < 86_400; seconds += 30) looked += await lookedAt(1, () => beginCode(db, later(seconds), "user"));
      expect(looked).toBeLessThan(50);
      seconds += 7_200;
      await (await beginCode(db, later(seconds), "user")).succeeded();
      expect(await lookedAt(20, () => beginCode(db, later(seconds), "user"))).toBe(6);
    });

    it("lets the owner of an account in while a stranger guesses there without a pause", async () => {
      const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
      let strangers = 0;
      let owners = 0;
      for (let seconds = 0; seconds < 3_600; seconds++) {
        const guess = () => beginAttempt(db, at(seconds), { account: "owned", address: "198.51.100.1" });
        strangers += await lookedAt(1, guess);
        if (seconds % 600 !== 599) continue;
        owners += await lookedAt(1, () => beginAttempt(db, at(seconds), { account: "owned", address: "192.0.2.20" }));
      }
      expect(owners).toBe(6);
      expect(strangers).toBeLessThan(40);
    });

    it("slows down guesses that are spread over networks, but not where the password was known", async () => {
      const attempt = (address: string) => beginAttempt(db, now, { account: "spread", address });
      await (await attempt("192.0.2.30")).succeeded();
      expect(await lookedAt(60, () => attempt(`2001:db8:f:${(++count).toString(16)}::1`))).toBe(21);
      expect(await lookedAt(1, () => attempt("192.0.2.31"))).toBe(0);
      // Knowing an address of the owner's network doesn't help: there are few guesses there, as anywhere.
      expect(await lookedAt(60, () => attempt("192.0.2.30"))).toBe(6);
    });

    it("keeps pauses of an account that others earned when its owner succeeds", async () => {
      const attempt = (address: string) => beginAttempt(db, now, { account: "kept", address });
      const right = await attempt("192.0.2.40");
      await lookedAt(40, () => attempt(`2001:db8:e:${(++count).toString(16)}::1`));
      await right.succeeded();
      expect(await lookedAt(1, () => attempt("192.0.2.41"))).toBe(0);
    });

    it("keeps no counter for ever", async () => {
      const address = "192.0.2.9";
      await beginAttempt(db, new Date(now.getTime() + 365 * 86_400_000), { account: "d", address });
      expect(await db.selectFrom("sign_in_attempts").select("key").execute()).toHaveLength(3);
    });
  });
});
