import { execFileSync } from "node:child_process";
import { missingPrograms, testsLeftOut } from "./needs.ts";

/** The end-to-end tests run what people run: the built server and the built CLI. */
export function setup(): void {
  const missing = missingPrograms();
  if (missing.length > 0 && process.env.CI) {
    throw new Error(`these programs are missing, so not all tests can run: ${missing.join(", ")}; see .ci/run`);
  }
  execFileSync("npm", ["run", "build"], { stdio: "inherit" });
}

/** Says last what was not tested. */
export function teardown(): void {
  const leftOut = testsLeftOut();
  if (leftOut.length === 0) return;
  process.stdout.write(
    `\nNot run, because ${missingPrograms().join(", ")} can't be found:\n${leftOut.map((file) => `  ${file}\n`).join("")}`,
  );
}
