import { expect, it } from "vitest";
import { binary, openShell, organization, prn, startRecorder } from "./run.fixture.ts";

async function open() {
  const server = await startRecorder();
  return { server, shell: await openShell(server.url) };
}

const me = { data: { email: "e", username: "u", organization_prn: organization } };

it("prints the answer of the API in one line, and nothing beside it", async () => {
  const { server, shell } = await open();
  server.answer("GET", "/users/me", me);
  expect(await shell.run("users", "me")).toEqual({ code: 0, stdout: `${JSON.stringify(me)}\n`, stderr: "" });
});

it("prints PRNs alone, one in a line", async () => {
  const { server, shell } = await open();
  server.answer("GET", "/binaries", { binaries: [binary(), binary({ prn: prn("binary", 3) })], next_page: null });
  const { stdout } = await shell.run("binaries", "list", "--output", "prn");
  expect(stdout).toBe(`${prn("binary")}\n${prn("binary", 3)}\n`);
});

it("prints tables for people, without colour where nobody sees it", async () => {
  const { server, shell } = await open();
  shell.environment.CI = "true";
  server.answer("GET", "/binaries", { binaries: [binary({ target: "aarch64-linux-gnu" })], next_page: null });
  const { stdout } = await shell.run("--output", "table", "binaries", "list");
  const [head, row] = stdout.split("\n");
  expect(head).toMatch(/^prn +target +state +size +hash +inserted_at$/);
  expect(row).toContain(prn("binary"));
  expect(row).toContain("aarch64-linux-gnu");
  expect(row).toContain("2026-01-01T00:00:00Z");
});

it("says that there is no PRN where there is none", async () => {
  const { server, shell } = await open();
  server.answer("GET", `/binaries/${prn("binary")}/download_url`, { download_url: "http://link" });
  const { code, stderr } = await shell.run("binaries", "download-url", "--prn", prn("binary"), "--output", "prn");
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("no PRN") });
});

it("ends with 1 and the server's words when it refuses", async () => {
  const { server, shell } = await open();
  server.answer("GET", "/users/me", { errors: { name: ["is too long"] } }, 422);
  expect(await shell.run("users", "me")).toEqual({
    code: 1,
    stdout: "",
    stderr: "API Error (422): name is too long\n",
  });
});

it("names the request when the server failed", async () => {
  const { server, shell } = await open();
  server.handle = (_request, response) => {
    const body = { errors: { detail: "something broke", code: "internal_error" } };
    response.writeHead(500, { "peridio-request-id": "r-17" }).end(JSON.stringify(body));
    return true;
  };
  const { code, stderr } = await shell.run("artifacts", "create", "--name", "a");
  expect(code).toBe(1);
  expect(stderr).toContain("something broke");
  expect(stderr).toContain("r-17");
});

it("says what it waits for, and how to mend it, when the server can't be reached", async () => {
  const shell = await openShell("http://127.0.0.1:1");
  const { code, stderr } = await shell.run("users", "me");
  expect(code).toBe(1);
  expect(stderr).toContain("trying again");
  expect(stderr).toContain("--base-url");
});

it.each([
  [["nonsense"], "nonsense"],
  [["binaries", "upload", "--nonsense"], "--nonsense"],
  [["binaries", "upload", "--binary-prn"], "--binary-prn"],
  [["binaries", "list", "--output", "yaml"], "yaml"],
  [["artifacts", "create"], "--name is needed"],
  [["artifacts", "get"], "--prn or --artifact-prn is needed"],
  [["artifacts", "get", "--prn", ""], "got an empty value"],
  [["artifacts", "get", "--prn", "nonsense"], "'nonsense' is no PRN"],
  [["artifacts", "get", "--prn", prn("binary")], "names a binary"],
  [["artifacts", "update", "--prn", prn("artifact")], "nothing to change is given"],
  [["artifacts", "create", "--name", "a", "--custom-metadata", "[1]"], "must be a JSON object"],
  [["artifacts", "create", "--name", "a", "--custom-metadata", "{"], "can't be read as JSON"],
  [["binaries", "list", "--limit", "many"], "whole number"],
  [["-v", "3", "users", "me"], "must be 1 or 2"],
])("ends with 2 and names what is wrong in %j", async (args, words) => {
  const shell = await openShell("http://127.0.0.1:1");
  const { code, stdout, stderr } = await shell.run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(words);
});

it("takes the global options before and behind the command", async () => {
  const { server, shell } = await open();
  server.answer("GET", "/users/me", me);
  shell.environment = {};
  await shell.run("-b", server.url, "-a", "first", "-v", "1", "users", "me");
  await shell.run("users", "me", "--base-url", server.url, "--api-key", "second", "--api-version", "2");
  expect(server.asked.map(({ headers }) => [headers.authorization, headers["x-api-version"]])).toEqual([
    ["Bearer first", "1"],
    ["Bearer second", "2"],
  ]);
});

it("shows an example and the exit codes in its help", async () => {
  const shell = await openShell();
  const program = await shell.run("--help");
  expect(program.code).toBe(0);
  for (const words of ["Exit codes", "130", "65", "Example"]) expect(program.stdout).toContain(words);
  const command = await shell.run("binaries", "upload", "--help");
  expect(command.stdout).toContain("peridio binaries upload --binary-prn $BINARY_PRN --file firmware.bin");
});

it("prints nothing for what is deleted", async () => {
  const { server, shell } = await open();
  server.answer("DELETE", `/artifacts/${prn("artifact")}`, null, 204);
  server.answer("DELETE", `/binary_signatures/${prn("binary_signature")}`, {});
  const byPrn = await shell.run("artifacts", "delete", "--prn", prn("artifact"));
  const byName = await shell.run("binary-signatures", "delete", "--binary-signature-prn", prn("binary_signature"));
  for (const ran of [byPrn, byName]) expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("collects all pages", async () => {
  const { server, shell } = await open();
  server.handle = (request, response) => {
    const last = request.url?.includes("page=second");
    const page = { artifacts: [{ prn: last ? "b" : "a" }], next_page: last ? null : "second" };
    response.end(JSON.stringify(page));
    return true;
  };
  const { stdout } = await shell.run("artifacts", "list", "--all", "--output", "prn");
  expect(stdout).toBe("a\nb\n");
});
