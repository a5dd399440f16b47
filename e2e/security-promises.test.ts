import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../", import.meta.url);
const text = readFileSync(new URL("SECURITY.md", root), "utf8");

it("every promise of SECURITY.md names tests that exist", () => {
  const promises = [...text.matchAll(/^\| (?!promise|---)(.+) \| (`.+\.test\.ts`.*) \|$/gm)];
  expect(promises.length).toBeGreaterThan(15);
  for (const [, promise, proofs] of promises) {
    const files = [...proofs!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);
    expect(
      files.filter((file) => !existsSync(new URL(file, root))),
      promise,
    ).toEqual([]);
  }
});
