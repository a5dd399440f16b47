import { defineConfig } from "vitest/config";
import { testsLeftOut } from "./e2e/needs.ts";

const exclude = ["**/node_modules/**", "**/dist/**", ...testsLeftOut()];

/**
 * The tests of what a server promises run on every kind of backend: those that show the most there, all of them with
 * `E2E_BACKEND=postgres+s3 npx vitest run --project e2e`.
 */
const elsewhere = {
  "postgres+files": ["people", "quota", "concurrency", "stores"],
  "postgres+s3": ["seed", "official-cli", "signing-rules", "download"],
  "postgres+azure": ["seed", "official-cli"],
};

const endToEnd = (name: string, include: string[], env: Record<string, string>) => ({
  test: {
    name,
    include,
    exclude,
    env,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // Each file has a server of its own; one at a time leaves it the machine.
    fileParallelism: false,
  },
});

export default defineConfig({
  test: {
    globalSetup: "e2e/build.ts",
    projects: [
      {
        test: {
          name: "unit",
          include: ["{contract,server,sdk,cli}/src/**/*.test.ts"],
          exclude,
          testTimeout: 60_000,
          // Real servers start in them, beside other tests.
          hookTimeout: 60_000,
        },
      },
      endToEnd("e2e", ["e2e/**/*.test.ts"], {}),
      ...Object.entries(elsewhere).map(([backend, files]) =>
        endToEnd(
          backend,
          files.map((file) => `e2e/${file}.test.ts`),
          { E2E_BACKEND: backend },
        ),
      ),
    ],
  },
});
