import { Kysely, sql } from "kysely";
import { expect, it } from "vitest";
import { startPostgres } from "../../../e2e/support/postgres-server.ts";
import { postgresDialect } from "./postgres.ts";

it("a read goes on when the database comes back, however often it could not be reached meanwhile", async () => {
  const postgres = await startPostgres({ durable: true });
  const { dialect } = postgresDialect(`${postgres.url}/postgres`, { connections: 2, statementTimeout: 10 });
  const db = new Kysely<object>({ dialect });
  const { rows } = await db.connection().execute(async (connection) => {
    await sql`select 1`.execute(connection);
    await postgres.kill();
    // Several attempts find nobody there.
    const back = new Promise((resolve) => setTimeout(resolve, 1_500)).then(() => postgres.start());
    const answer = await sql<{ two: number }>`select 2 as two`.execute(connection);
    await back;
    return answer;
  });
  expect(rows).toEqual([{ two: 2 }]);
  await db.destroy();
  await postgres.stop();
});
