import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** Every test of a query runs on each. */
export const databaseKinds = ["sqlite", "postgres"] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

export interface TestDatabase {
  /** What `openDatabase` takes. */
  url: string;
  remove(): Promise<void>;
}

/** An empty database of its own, real. @param server PostgreSQL's address; one runs as long as the tests do */
export async function makeDatabase(
  kind: DatabaseKind,
  server: string = process.env.TEST_POSTGRES_URL!,
): Promise<TestDatabase> {
  if (kind === "sqlite") {
    const directory = await mkdtemp(join(tmpdir(), "database-"));
    return {
      url: `sqlite:${join(directory, "peridio.db")}`,
      remove: () => rm(directory, { recursive: true, force: true }),
    };
  }
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(server, `create database ${name}`);
  return { url: `${server}/${name}`, remove: () => administer(server, `drop database if exists ${name} with (force)`) };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
