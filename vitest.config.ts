import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["{contract,server,sdk,cli}/src/**/*.test.ts"], testTimeout: 30_000 } },
      { test: { name: "e2e", globalSetup: "e2e/build.ts", include: ["e2e/**/*.test.ts"], testTimeout: 240_000, hookTimeout: 60_000, fileParallelism: false } },
    ],
  },
});
