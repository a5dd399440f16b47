import { defineConfig } from "vitest/config";
import { testsLeftOut } from "./e2e/needs.ts";

const exclude = ["**/node_modules/**", "**/dist/**", ...testsLeftOut()];

/** Also what takes minutes and shows little that is new. */
const isFull = process.env.E2E_FULL === "1";

/**
 * The tests of what a server promises run on every kind of backend: those that show the most there, all of them with
 * `E2E_BACKEND=postgres+s3 npx vitest run --project e2e`.
 */
const elsewhere = {
  "postgres+files": ["people", "quota", "concurrency", ...(isFull ? ["stores"] : [])],
  "postgres+s3": ["seed", "official-cli", "signing-rules", "download", "concurrency"],
  "postgres+azure": ["seed", "official-cli", ...(isFull ? ["concurrency"] : [])],
};

/** Tests of memory, of limits in time, and of what is killed in the midst of work: few others run beside them. */
const apart = ["memory", "bundle-archives-memory", "kill", "slow", "slow-tls", "faults", "replicas"];

/** Those that take minutes there. */
const apartElsewhere = {
  "postgres+s3": ["kill"],
  "postgres+azure": isFull ? ["kill"] : [],
};

/** Most of the time such a test waits for a server of its own, so that several run side by side. */
const sideBySide = { maxWorkers: 3, sequence: { groupOrder: 1 } };
const inPairs = { maxWorkers: 2, sequence: { groupOrder: 2 } };

const testFile = (name: string) => `e2e/${name}.test.ts`;

const endToEnd = (name: string, include: string[], options: object) => ({
  test: { name, include, exclude, testTimeout: 300_000, hookTimeout: 60_000, ...options },
});

export default defineConfig({
  test: {
    globalSetup: "e2e/build.ts",
    projects: [
      {
        test: {
          name: "unit",
          include: ["{contract,server,sdk,cli,console}/src/**/*.test.ts"],
          exclude,
          testTimeout: 60_000,
          // Real servers start in them, beside other tests.
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      endToEnd("e2e", ["e2e/**/*.test.ts"], { ...sideBySide, exclude: [...exclude, ...apart.map(testFile)] }),
      endToEnd("apart", apart.map(testFile), inPairs),
      ...Object.entries(elsewhere).map(([backend, files]) =>
        endToEnd(backend, files.map(testFile), { ...sideBySide, env: { E2E_BACKEND: backend } }),
      ),
      ...Object.entries(apartElsewhere).map(([backend, files]) =>
        endToEnd(`${backend} apart`, files.map(testFile), { ...inPairs, env: { E2E_BACKEND: backend } }),
      ),
    ],
  },
});
