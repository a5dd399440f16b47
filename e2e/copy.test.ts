import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeDatabase } from "../server/src/database/databases.fixture.ts";
import { callApi, cut, makeBinary, partSize, sendPart, sha256, untilVerified } from "./api.ts";
import { startTestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { contradictions } from "./support/stored.ts";

it("`copy` moves an installation from SQLite to PostgreSQL, in the middle of its uploads", async () => {
  const old = await startTestServer({}, { backend: "sqlite+files" });
  const before = callApi(old.url);
  const [done, begun] = [randomBytes(1000), randomBytes(2 * partSize)];
  const ready = await makeBinary(before, done);
  await sendPart(before, ready, 1, done);
  await before("PATCH", `/binaries/${ready}`, { state: "hashable" });
  await untilVerified(before, ready);
  const half = await makeBinary(before, begun);
  await sendPart(before, half, 1, cut(begun)[0]!);
  const link = (await before("GET", `/binaries/${ready}/download_url`)).body.download_url as string;
  await old.kill();

  const database = await makeDatabase("postgres");
  const target = { ...old, databaseUrl: database.url };
  const told = JSON.parse(await operate(target, "copy", `sqlite:${join(old.dataDirectory, "peridio.db")}`));
  expect(told.copied_and_compared).toMatchObject({ organizations: 1, binaries: 2, binary_parts: 2, link_keys: 1 });
  await expect(operate(target, "copy", "sqlite:/nowhere.db")).rejects.toThrow("'sqlite:/nowhere.db' is no database");

  const moved = await startTestServer(
    {
      PERIDIO_DATABASE_URL: database.url,
      PERIDIO_CONTENT_URL: `file:${join(old.dataDirectory, "content")}`,
      PERIDIO_SECRET_KEY: readFileSync(join(old.dataDirectory, "secret.key"), "utf8").trim(),
    },
    { backend: "sqlite+files" },
  );
  const after = callApi(moved.url);
  const got = await fetch(link.replace(old.url, moved.url));
  expect(sha256(new Uint8Array(await got.arrayBuffer()))).toBe(sha256(done));
  expect(await sendPart(after, half, 2, cut(begun)[1]!)).toBe(200);
  await after("PATCH", `/binaries/${half}`, { state: "hashable" });
  expect((await untilVerified(after, half)).state).toBe("signable");
  expect(contradictions({ ...target, contentRoot: join(old.dataDirectory, "content") })).toEqual([]);
  await moved.stop();
  await database.remove();
  await old.start();
  await old.stop();
});
