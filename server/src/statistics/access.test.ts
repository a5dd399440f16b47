import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { databaseKinds, makeDatabase } from "../database/databases.fixture.ts";
import { openDatabase } from "../database/open.ts";
import { theServer } from "../http/principal.ts";
import { makeAccessTrail } from "./access.ts";

it.each(
  databaseKinds,
)("an access is written once an hour, however many ask at once; one that failed is tried again (%s)", async (kind) => {
  const database = await makeDatabase(kind);
  const db = await openDatabase(database.url);
  const trail = makeAccessTrail(db, 3);
  const organizationId = randomUUID();
  const at = "2026-01-31T00:00:00.000000Z";
  const what = () => ({ organizationId, by: theServer, type: "binary", subtype: "downloaded", resource: "prn", at });
  const ask = (hour: string, key: string) => trail.appendOnce(hour, [key], "curl", what);
  const count = async () =>
    (
      await db
        .selectFrom("audit_logs")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow()
    ).count;

  await expect(ask("1", "a")).rejects.toThrow(/foreign key/i);
  await db
    .insertInto("organizations")
    .values({
      ...{ id: organizationId, name: "O", separate_signer: 0, required_signatures: 1 },
      ...{ inserted_at: at, updated_at: at },
    })
    .execute();
  await Promise.all(Array.from({ length: 50 }, () => ask("1", "a")));
  expect(await count()).toBe(1);
  await Promise.all([ask("1", "b"), ask("1", "a"), ask("2", "a")]);
  expect(await count()).toBe(3);
  // More than are remembered: written again rather than not at all.
  for (const key of ["b", "c", "d", "a"]) await ask("2", key);
  expect(await count()).toBe(7);
  // Made-up user agents are told apart only so far.
  const large = makeAccessTrail(db);
  const made = Array.from({ length: 100 }, (_, number) => large.appendOnce("3", ["a"], `agent ${number}`, what));
  await Promise.all(made);
  expect(await count()).toBe(7 + 21);
  await trail.settled();
  await db.destroy();
  await database.remove();
});
