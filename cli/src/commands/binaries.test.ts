import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { binary, openShell, prn, startRecorder } from "../run.fixture.ts";

const version = prn("artifact_version");
const whose = ["--artifact-version-prn", version, "--target", "t"];
const abc = createHash("sha256").update("abc").digest("hex");
const path = `/binaries/${prn("binary")}`;

async function open() {
  const server = await startRecorder();
  const shell = await openShell(server.url);
  return { server, shell, file: await shell.write("f.bin", "abc") };
}

describe("create", () => {
  it("makes only the record when no file is named", async () => {
    const { server, shell } = await open();
    server.answer("POST", "/binaries", { binary: binary() }, 201);
    const more = ["--hash", `sha256:${abc}`, "--size", "3", "--custom-metadata", '{"a":1}', "--description", "d"];
    const { code, stdout } = await shell.run("binaries", "create", ...whose, ...more, "--output", "prn");
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${prn("binary")}\n` });
    expect(server.asked[0]!.body).toEqual({
      artifact_version_prn: version,
      target: "t",
      hash: `sha256:${abc}`,
      size: 3,
      custom_metadata: { a: 1 },
      description: "d",
    });
  });

  it("needs no size", async () => {
    const { server, shell } = await open();
    server.answer("POST", "/binaries", { binary: binary() }, 201);
    expect((await shell.run("binaries", "create", ...whose, "--hash", abc)).code).toBe(0);
    expect(server.asked[0]!.body).not.toHaveProperty("size");
  });

  it("hashes a file, but keeps it here, with --skip-upload", async () => {
    const { server, shell, file } = await open();
    server.answer("POST", "/binaries", { binary: binary() }, 201);
    await shell.run("binaries", "create", ...whose, "--content-path", file, "--skip-upload");
    expect(server.asked.map(({ body }) => body)).toMatchObject([{ hash: abc, size: 3 }]);
  });

  it("uploads nothing where the organization holds the content, with --reuse-content", async () => {
    const { server, shell, file } = await open();
    server.answer("GET", "/binaries", { binaries: [], next_page: null });
    server.answer("POST", "/binaries", { binary: binary({ state: "signable" }) }, 201);
    const { code, stderr } = await shell.run("binaries", "create", ...whose, "--content-path", file, "--reuse-content");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("holds this content: nothing is uploaded"),
    });
    expect(server.asked.map(({ method }) => method)).toEqual(["GET", "POST"]);
    expect(server.asked[1]!.body).toMatchObject({ hash: abc, size: 3, reuse_content: true });
  });

  it.each([
    [[...whose, "--hash", abc, "--reuse-content"], "give --content-path, or --hash and --size"],
    [["--hash", abc, "--size", "3"], "--artifact-version-prn and --target are needed"],
    [["--artifact-version-prn", version], "--target is needed"],
    [["--artifact-version-prn", "", "--target", "t"], "got an empty value"],
    [[...whose, "--signing-key-pair", "a"], "--content-path is needed"],
    [[...whose, "--content-path", "f.bin", "--signing-key-private", "k"], "each --signing-key-private needs"],
    [[...whose, "--device-prn", prn("device")], "what isn't uploaded reaches no device: give --content-path"],
    [
      [...whose, "--content-path", "f.bin", "--skip-upload", "--cohort-prn", prn("cohort")],
      "what isn't uploaded reaches no device",
    ],
    [
      [...whose, "--content-path", "f.bin", "--device-prn", prn("device"), "--cohort-prn", prn("cohort")],
      "give only one of --device-prn, --cohort-prn",
    ],
    [[...whose, "--content-path", "f.bin", "--device-prn", prn("cohort")], "names a cohort"],
  ])("ends with 2 and says what is missing in %j", async (args, words) => {
    const { server, shell } = await open();
    const { code, stderr } = await shell.run("binaries", "create", ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
    expect(server.asked).toEqual([]);
  });
});

describe("create with a file that is known already", () => {
  const create = ["binaries", "create", ...whose, "--content-path", "f.bin"];

  async function known(fields: Record<string, unknown>) {
    const opened = await open();
    opened.server.answer("GET", "/binaries", { binaries: [binary(fields)], next_page: null });
    return opened;
  }

  it("searches as the official CLI does", async () => {
    const { server, shell } = await known({ hash: abc });
    await shell.run(...create);
    expect(server.asked[0]!.query).toEqual({ search: `target:'t' and artifact_version_prn:'${version}'` });
  });

  it("has nothing to do when it is there", async () => {
    const { server, shell } = await known({ hash: abc, state: "signable" });
    const { code, stdout } = await shell.run(...create, "--output", "prn");
    expect({ code, stdout, asked: server.asked.length }).toEqual({ code: 0, stdout: `${prn("binary")}\n`, asked: 1 });
  });

  it("never replaces what is signed", async () => {
    const { server, shell } = await known({ state: "signed" });
    const { code, stderr } = await shell.run(...create);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("new artifact version") });
    expect(server.asked.every(({ method }) => method === "GET")).toBe(true);
  });

  it("resets an unsigned one that is another, and uploads", async () => {
    const { server, shell } = await known({ state: "signable" });
    server.answer("PATCH", path, { binary: binary({ hash: abc, state: "uploadable" }) });
    server.answer("GET", path, { binary: binary({ hash: abc, state: "signable" }) });
    expect((await shell.run(...create)).code).toBe(0);
    expect(server.asked.find(({ method }) => method === "PATCH")!.body).toEqual({
      state: "uploadable",
      hash: abc,
      size: 3,
    });
  });

  it("signs with every key that hasn't signed yet", async () => {
    const keys = [prn("signing_key", 7), prn("signing_key", 8)];
    const signatures = [{ signature: "00", signing_key_prn: keys[0], keyid: "x" }];
    const { server, shell } = await known({ hash: abc, state: "signed", signatures });
    server.answer("POST", "/signing_keys", { signing_key: { prn: keys[1] } }, 201);
    server.answer("POST", "/binary_signatures", { binary_signature: {} }, 201);
    server.answer("GET", path, { binary: binary({ hash: abc }) });
    await shell.run("signing-keys", "create", "--name", "n", "--algorithm", "Ed25519", "--out", "k", "--config", "p");
    const first = ["--signing-key-private", "k/private.pem", "--signing-key-prn", keys[0]!];
    const { code } = await shell.run(...create, ...first, "--signing-key-pair", "p");
    expect(code).toBe(0);
    const signed = server.asked.filter((asked) => asked.path === "/binary_signatures");
    expect(signed.map(({ body }) => body)).toEqual([
      {
        binary_prn: prn("binary"),
        signing_key_prn: keys[1],
        signature: expect.stringMatching(/^[0-9A-F]{128}$/),
      },
    ]);
  });
});

it("get prints what the documentation shows; --output json, what the API answers", async () => {
  const { server, shell } = await open();
  const found = binary({ hash: abc, size: 104_857_600 });
  server.answer("GET", path, { binary: found });
  const { stdout } = await shell.run("binaries", "get", "--prn", prn("binary"));
  expect(stdout).toMatch(/^\{\n {2}"prn"/);
  const shown = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(shown).slice(0, 6)).toEqual(["prn", "target", "hash", "size", "state", "created_at"]);
  expect(shown.hash).toBe(`sha256:${abc}`);
  const plain = await shell.run("binaries", "get", "--binary-prn", prn("binary"), "--output", "json");
  expect(plain.stdout).toBe(`${JSON.stringify({ binary: found })}\n`);
});

it("list makes the search from its options", async () => {
  const { server, shell } = await open();
  server.answer("GET", "/binaries", { binaries: [], next_page: null });
  await shell.run(
    "binaries",
    "list",
    ...whose.slice(0, 3),
    "it's",
    "--search",
    "size>5",
    "--limit",
    "7",
    "--order",
    "asc",
  );
  expect(server.asked[0]!.query).toEqual({
    search: `artifact_version_prn:'${version}' and target:'it\\'s' and size>5`,
    limit: "7",
    order: "asc",
  });
});

describe("destroy", () => {
  const usage = { bundle_count: 0, release_count: 0, bundle_override_count: 0, device_count: 0 };
  const named = (name: string) => ({ prn: prn("release"), name });

  it("and update do as they are told where nobody can be asked", async () => {
    const { server, shell } = await open();
    server.answer("GET", `${path}/usage`, { usage });
    server.answer("PATCH", path, { binary: binary() });
    server.answer("POST", `${path}/destroy`, { binary: binary({ state: "destroyed" }) });
    expect((await shell.run("binaries", "update", "--prn", prn("binary"), "--state", "destroyed")).code).toBe(0);
    expect((await shell.run("binaries", "destroy", "--prn", prn("binary"))).code).toBe(0);
    expect(server.asked.map(({ method, body }) => [method, body])).toEqual([
      ["GET", null],
      ["PATCH", { state: "destroyed" }],
      ["GET", null],
      ["POST", null],
    ]);
  });

  it.each([
    [{}, "No bundle uses the binary."],
    [{ bundle_count: 1 }, "The binary is in 1 bundle, which no release and no override uses."],
    [
      {
        ...{ bundle_count: 2, release_count: 6, bundle_override_count: 1, device_count: 1_234 },
        releases: [1, 2, 3, 4, 5, 6].map((number) => named(`r${number}`)),
        bundle_overrides: [named("o")],
      },
      "The binary is in 2 bundles, used by 6 releases and 1 override ('r1', 'r2', 'r3', 'r4', 'r5', …), which reach " +
        "1234 devices. They serve no update any more once it is destroyed.",
    ],
    [
      {
        ...{ bundle_count: 1, release_count: 1, bundle_override_count: 0, device_count: 1 },
        releases: [named("r")],
        bundle_overrides: [],
      },
      "The binary is in 1 bundle, used by 1 release and 0 overrides ('r'), which reach 1 device. " +
        "They serve no update any more once it is destroyed.",
    ],
  ])("says what uses the binary: %j", async (found, words) => {
    const { server, shell } = await open();
    server.answer("GET", `${path}/usage`, { usage: { ...usage, ...found } });
    server.answer("POST", `${path}/destroy`, { binary: binary({ state: "destroyed" }) });
    const { code, stderr } = await shell.run("binaries", "destroy", "--prn", prn("binary"), "--yes");
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${words}\n` });
  });

  it.each([
    403, 404,
  ])("goes on where the usage is a %i: the key may not see it, or the server can't tell", async (status) => {
    const { server, shell } = await open();
    server.answer("GET", `${path}/usage`, { errors: { detail: "no", code: "forbidden" } }, status);
    server.answer("POST", `${path}/destroy`, { binary: binary({ state: "destroyed" }) });
    const { code, stderr } = await shell.run("binaries", "destroy", "--prn", prn("binary"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "What uses the binary can't be seen.\n" });
  });
});

it("usage shows what uses a binary", async () => {
  const { server, shell } = await open();
  const answer = { usage: { binary_prn: prn("binary"), device_count: 3 } };
  server.answer("GET", `${path}/usage`, answer);
  expect(await shell.run("binaries", "usage", "--prn", prn("binary"))).toMatchObject({
    code: 0,
    stdout: `${JSON.stringify(answer)}\n`,
  });
});

describe("upload", () => {
  it("refuses another file before a byte is sent", async () => {
    const { server, shell } = await open();
    server.answer("GET", path, { binary: binary({ state: "uploadable", size: 4 }) });
    const { code, stderr } = await shell.run("binaries", "upload", "--binary-prn", prn("binary"), "--file", "f.bin");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("declared with 4") });
    expect(server.asked.length).toBe(1);
  });

  it("says which file isn't there", async () => {
    const { shell } = await open();
    const { code, stderr } = await shell.run("binaries", "upload", "--binary-prn", prn("binary"), "--file", "no.bin");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "peridio: no.bin: there is no such file\n" });
  });

  it("ends with 130 on Ctrl-C, and says that it can go on", async () => {
    const { server, shell } = await open();
    server.answer("GET", path, { binary: binary({ state: "uploadable", hash: abc }) });
    const args = ["binaries", "upload", "--binary-prn", prn("binary"), "--file", "f.bin"];
    const { child, ended } = shell.start(...args);
    server.handle = (request) => {
      if (request.method !== "PUT") return false;
      child.kill("SIGINT");
      return true;
    };
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain("run the same command again");
  });
});

it("download puts verified bytes in place, and says so beside the result", async () => {
  const { server, shell } = await open();
  server.answer("GET", path, { binary: binary({ hash: abc }) });
  server.answer("GET", `${path}/download_url`, { download_url: `${server.url}/link` });
  server.handle = (request, response) => {
    if (request.url !== "/link") return false;
    response.writeHead(200, { "content-length": 3 }).end("abc");
    return true;
  };
  const args = ["--binary-prn", prn("binary"), "--file", "copy.bin", "--output", "prn"];
  const { code, stdout, stderr } = await shell.run("binaries", "download", ...args);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${prn("binary")}\n` });
  expect(stderr).toContain(abc);
  expect(await readFile(join(shell.directory, "copy.bin"), "utf8")).toBe("abc");
});
