import { execFileSync } from "node:child_process";

/** The end-to-end tests run what people run: the built server and the built CLI. */
export function setup(): void {
  execFileSync("npm", ["run", "build"], { stdio: "inherit" });
}
