import { defineConfig } from "vitest/config";
import { testsLeftOut } from "./e2e/needs.ts";

const exclude = ["**/node_modules/**", "**/dist/**", ...testsLeftOut()];

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
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          exclude,
          testTimeout: 300_000,
          hookTimeout: 60_000,
          // Each file has a server of its own; one at a time leaves it the machine.
          fileParallelism: false,
        },
      },
    ],
  },
});
