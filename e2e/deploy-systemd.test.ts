import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { callApi, makeBinary, sendPart, untilVerified } from "./api.ts";
import { startTracedServer } from "./support/traced-server.ts";

const unit = readFileSync(fileURLToPath(new URL("../deploy/systemd/peridio-server.service", import.meta.url)), "utf8");
const folder = mkdtempSync(join(tmpdir(), "e2e-systemd-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The unit with a Node that is here. */
function place(): string {
  const path = join(folder, "peridio-server.service");
  expect(unit).toContain("ExecStart=/usr/bin/node ");
  writeFileSync(path, unit.replace("ExecStart=/usr/bin/node ", `ExecStart=${process.execPath} `));
  return path;
}

/** The calls of a group such as `@system-service`, as systemd resolves it. */
function callsOf(word: string): string[] {
  if (!word.startsWith("@")) return [word];
  const lines = execFileSync("systemd-analyze", ["--no-pager", "syscall-filter", word], { encoding: "utf8" });
  const words = lines
    .split("\n")
    .slice(1)
    .map((line) => line.trim());
  return words.filter((line) => line !== "" && !line.startsWith("#")).flatMap(callsOf);
}

/** What the lines `SystemCallFilter=` of the unit leave. */
function allowedCalls(): Set<string> {
  const allowed = new Set<string>();
  for (const [, without, words = ""] of unit.matchAll(/^SystemCallFilter=(~?)(.+)$/gm)) {
    for (const call of words.split(" ").flatMap(callsOf)) {
      if (without) allowed.delete(call);
      else allowed.add(call);
    }
  }
  return allowed;
}

describe("the systemd unit", () => {
  it("is understood by systemd, every line of it", () => {
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", place()], { encoding: "utf8" });
    const ours = stderr.split("\n").filter((line) => line.includes("peridio-server"));
    expect([status, ours]).toEqual([0, []]);
  });

  it("leaves the server few ways to do harm: 1.5 of 10 at most, as systemd counts", () => {
    const words = ["security", "--offline=yes", "--threshold=15", "--no-pager", place()];
    const { status, stdout } = spawnSync("systemd-analyze", words, { encoding: "utf8" });
    expect(status, stdout).toBe(0);
  });

  it("allows every system call that the server makes", async () => {
    const server = await startTracedServer("trace=all");
    const api = callApi(server.url);
    const bytes = randomBytes(6_000_000);
    const prn = await makeBinary(api, bytes);
    expect(await sendPart(api, prn, 1, bytes)).toBe(200);
    await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
    expect((await untilVerified(api, prn)).state).toBe("signable");
    const { body } = await api("GET", `/binaries/${prn}/download_url`);
    expect((await (await fetch(body.download_url)).arrayBuffer()).byteLength).toBe(bytes.length);
    expect((await fetch(`${server.url}/docs/`)).status).toBe(200);
    expect((await api("DELETE", `/binaries/${prn}`)).status).toBe(204);
    const used = new Set((await server.stop()).map(({ name }) => name));
    expect(used).toContain("fdatasync");
    const allowed = allowedCalls();
    expect(allowed).not.toContain("mount");
    // SQLite's, and only where the server is root, as these tests may be.
    if (process.getuid?.() === 0) allowed.add("fchown");
    expect([...used].filter((call) => !allowed.has(call))).toEqual([]);
  });
});
