import { execFileSync } from "node:child_process";
import { missingPrograms, testsLeftOut } from "./needs.ts";
import { type PostgresServer, startPostgres } from "./support/postgres-server.ts";

let postgres: PostgresServer;

/** The end-to-end tests run what people run: the built server and the built CLI. One PostgreSQL serves all tests. */
export async function setup(): Promise<void> {
  const missing = missingPrograms();
  if (missing.length > 0 && process.env.CI) {
    throw new Error(`these programs are missing, so not all tests can run: ${missing.join(", ")}; see .ci/run`);
  }
  execFileSync("npm", ["run", "build"], { stdio: "inherit" });
  postgres = await startPostgres({ durable: false });
  process.env.TEST_POSTGRES_URL = postgres.url;
}

/** Says last what was not tested. */
export async function teardown(): Promise<void> {
  await postgres.stop();
  const leftOut = testsLeftOut();
  if (leftOut.length === 0) return;
  process.stdout.write(
    `\nNot run, because ${missingPrograms().join(", ")} can't be found:\n${leftOut.map((file) => `  ${file}\n`).join("")}`,
  );
}
