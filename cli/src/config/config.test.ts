import { execFileSync } from "node:child_process";
import { mkdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openShell, organization, prn, type Shell, startRecorder } from "../run.fixture.ts";

const me = { data: { email: "e", username: "u", organization_prn: organization } };

async function open() {
  const server = await startRecorder();
  server.answer("GET", "/users/me", me);
  return { server, shell: await openShell() };
}

/** Writes the two files of a configuration into a directory of the shell. */
async function configure(shell: Shell, config: unknown, credentials: unknown = {}): Promise<string> {
  await mkdir(join(shell.directory, "conf"), { recursive: true });
  await shell.write("conf/config.json", JSON.stringify(config));
  await shell.write("conf/credentials.json", JSON.stringify(credentials));
  return join(shell.directory, "conf");
}

it("lets options win over variables, and variables over the profile", async () => {
  const { server, shell } = await open();
  const profile = { base_url: server.url, ca_path: null, api_version: 1 };
  const directory = await configure(shell, { version: 2, profiles: { p: profile } }, { p: { api_key: "profile" } });
  shell.environment = { PERIDIO_CONFIG_DIRECTORY: directory, PERIDIO_PROFILE: "p" };
  await shell.run("users", "me");
  shell.environment.PERIDIO_API_KEY = "variable";
  shell.environment.PERIDIO_API_VERSION = "2";
  await shell.run("users", "me");
  await shell.run("--api-key", "option", "users", "me");
  expect(server.asked.map(({ headers }) => [headers.authorization, headers["x-api-version"]])).toEqual([
    ["Bearer profile", "1"],
    ["Bearer variable", "2"],
    ["Bearer option", "2"],
  ]);
});

it("takes an empty variable for none", async () => {
  const { server, shell } = await open();
  const config = { version: 2, profiles: { p: { base_url: server.url } } };
  const directory = await configure(shell, config, { p: { api_key: "profile" } });
  shell.environment = { PERIDIO_API_KEY: "", PERIDIO_BASE_URL: "", PERIDIO_API_VERSION: "" };
  expect((await shell.run("-d", directory, "-p", "p", "users", "me")).code).toBe(0);
});

it("makes a profile that only its owner can read, and uses it", async () => {
  const { server, shell } = await open();
  shell.environment = { XDG_CONFIG_HOME: join(shell.directory, "xdg") };
  const made = await shell.run("-a", "secret", "-b", server.url, "config", "profiles", "create", "p", "--no-input");
  expect(made).toMatchObject({ code: 0, stdout: "" });
  const directory = join(shell.directory, "xdg", "peridio");
  for (const name of ["config.json", "credentials.json"]) {
    expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
  }
  expect(await readFile(join(directory, "config.json"), "utf8")).not.toContain("secret");
  expect(JSON.parse(await readFile(join(directory, "credentials.json"), "utf8"))).toEqual({ p: { api_key: "secret" } });
  expect((await shell.run("--profile", "p", "users", "me")).code).toBe(0);
  const listed = await shell.run("config", "profiles", "list");
  expect(JSON.parse(listed.stdout).profiles.p.base_url).toBe(server.url);
  expect(listed.stdout).not.toContain("secret");
});

it.each([
  ["an unknown profile", { version: 2, profiles: {} }, "there is no profile 'p'"],
  ["no profiles", { version: 2 }, "lacks 'profiles'"],
  ["version 1", { p: { api_key: "k" } }, "peridio config upgrade"],
])("ends with 65 for %s", async (_what, config, words) => {
  const shell = await openShell();
  const directory = await configure(shell, config);
  const { code, stderr } = await shell.run("-d", directory, "-p", "p", "users", "me");
  expect({ code, stderr }).toEqual({ code: 65, stderr: expect.stringContaining(words) });
});

it("ends with 65 for a file that isn't JSON", async () => {
  const shell = await openShell();
  const path = await shell.write("config.json", "{");
  const { code, stderr } = await shell.run("-d", shell.directory, "-p", "p", "users", "me");
  expect({ code, stderr }).toEqual({ code: 65, stderr: expect.stringContaining(path) });
});

it("ends with 65 for an address that is none", async () => {
  const shell = await openShell();
  const { code, stderr } = await shell.run("-a", "k", "-b", "localhost:4000", "users", "me");
  expect({ code, stderr }).toEqual({ code: 65, stderr: expect.stringContaining("https://") });
});

it("ends with 2 without a key, and says where keys come from", async () => {
  const shell = await openShell();
  const { code, stderr } = await shell.run("users", "me");
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("PERIDIO_API_KEY") });
});

it("upgrades version 1: keys move to credentials.json", async () => {
  const { server, shell } = await open();
  const old = { p: { api_key: "old", base_url: server.url, ca_path: null, organization_name: "o" }, q: {} };
  const directory = await configure(shell, old, { kept: { api_key: "k" } });
  expect((await shell.run("-d", directory, "config", "upgrade")).code).toBe(0);
  const read = async (name: string) => JSON.parse(await readFile(join(directory, name), "utf8"));
  expect(await read("config.json")).toMatchObject({ version: 2, profiles: { p: { base_url: server.url }, q: {} } });
  expect(await read("credentials.json")).toEqual({ p: { api_key: "old" }, kept: { api_key: "k" } });
  expect((await shell.run("-d", directory, "-p", "p", "users", "me")).code).toBe(0);
  expect((await shell.run("-d", directory, "config", "upgrade")).stderr).toContain("version 2 already");
});

it("names the known key pairs when one is unknown", async () => {
  const shell = await openShell("http://127.0.0.1:1");
  const pair = { signing_key_prn: prn("signing_key"), signing_key_private_path: "x" };
  const directory = await configure(shell, { version: 2, profiles: {}, signing_key_pairs: { a: pair, b: pair } });
  const file = await shell.write("f.bin", "abc");
  const names = ["--artifact-version-prn", prn("artifact_version"), "--target", "t", "--signing-key-pair", "c"];
  const { code, stderr } = await shell.run("-d", directory, "binaries", "create", ...names, "--content-path", file);
  expect({ code, stderr }).toEqual({ code: 65, stderr: expect.stringContaining("known: a, b") });
});

it("trusts the certificate authorities of --ca-path beside the public ones", async () => {
  const shell = await openShell();
  const [key, cert] = [join(shell.directory, "key.pem"), join(shell.directory, "cert.pem")];
  const subject = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"];
  const options = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", ...options, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { key: await readFile(key), cert: await readFile(cert) };
  const server = createServer(pair, (_request, response) => void response.end(JSON.stringify(me)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  shell.environment = { PERIDIO_BASE_URL: url, PERIDIO_API_KEY: "k" };
  expect((await shell.run("--ca-path", cert, "users", "me")).code).toBe(0);
  const { code, stderr } = await shell.run("users", "me");
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("--ca-path") });
  expect((await shell.run("--ca-path", "nowhere.pem", "users", "me")).code).toBe(65);
});
