import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("the checked-in types are those of the contract; if not, run `npm run generate`", () => {
  const script = fileURLToPath(new URL("../generate.ts", import.meta.url));
  const fresh = execFileSync(process.execPath, [script, "--print"], { encoding: "utf8" });
  const checkedIn = readFileSync(new URL("./api.generated.ts", import.meta.url), "utf8");
  expect(checkedIn === fresh).toBe(true);
});
