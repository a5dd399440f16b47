import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openShell, startRecorder } from "../run.fixture.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
const url = "http://127.0.0.1:1";

it.each([
  [[], "--url is needed, or PERIDIO_DEVICE_API_URL"],
  [["--url", "device.example.com"], "--url must look like https://device.example.com; got 'device.example.com'"],
  [["--url", url], "--state-directory is needed"],
  [
    ["--url", url, "--state-directory", "d"],
    "--trusted-signing-keys is needed: without any, nothing could be installed",
  ],
  [["--url", url, "--state-directory", "d", "--trusted-signing-keys", "private.pem"], "that is a private key"],
  [
    ["--url", url, "--state-directory", "d", "--trusted-signing-keys", key, "--trusted-signing-key-threshold", "2"],
    "the threshold must be between 1 and the number of trusted keys, 1; got 2",
  ],
  [
    ["--url", url, "--state-directory", "d", "--trusted-signing-keys", key, "--certificate", "c.pem"],
    "--private-key is needed",
  ],
  [["--url", url, "--state-directory", "d", "--trusted-signing-keys", key, "--jitter", "101"], "between 0 and 100"],
  [["--url", url, "--state-directory", "d", "--trusted-signing-keys", key, "--concurrency", "0"], "must be at least 1"],
])("refuses to run with %j", async (args, words) => {
  const shell = await openShell();
  await shell.write("private.pem", privateKey.export({ format: "pem", type: "pkcs8" }).toString());
  const { code, stdout, stderr } = await shell.run("device", "run", ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(words);
  expect(existsSync(join(shell.directory, "d"))).toBe(false);
});

it("names a file that can't be read", async () => {
  const shell = await openShell();
  const words = ["--url", url, "--state-directory", "d", "--trusted-signing-keys", "none.pem"];
  expect(await shell.run("device", "run", ...words)).toMatchObject({
    code: 65,
    stderr: expect.stringContaining("none.pem can't be read"),
  });
});

it("asks once, tells what it was told, and shows what it remembers", async () => {
  const server = await startRecorder();
  server.answer("GET", "/update", { status: "no_update" });
  const shell = await openShell();
  const words = ["--url", server.url, "--state-directory", "d", "--trusted-signing-keys", key, "--once"];
  const lines = await shell.run("device", "run", ...words);
  expect(lines).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S+Z polled: nothing new\n$/) });
  const json = await shell.run("device", "run", ...words, "--output", "json", "--initial-version", "1.0.0");
  expect(JSON.parse(json.stdout)).toMatchObject({ event: "polled", status: "no_update" });
  expect(server.asked.at(-1)?.headers["peridio-release-version"]).toBe("1.0.0");
  const status = await shell.run("device", "status", "--state-directory", "d");
  expect(JSON.parse(status.stdout)).toEqual({
    device: { running: null, update: null, failure: null, unsent_reports: [], release_version: "1.0.0" },
  });
});

it("ends with 1 when it can't ask, once; waits and ends with 0 when it is told to stop, else", async () => {
  const shell = await openShell();
  const words = ["--url", url, "--state-directory", "d", "--trusted-signing-keys", key];
  expect(await shell.run("device", "run", ...words, "--once")).toMatchObject({ code: 1 });
  const { child, ended } = shell.start("device", "run", ...words);
  await new Promise((resolve) => child.stdout!.once("data", resolve));
  child.kill("SIGTERM");
  const { code, stdout } = await ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("trying again in") });
});
