import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "./free-port.ts";
import { until } from "./support/until.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "e2e-image-"));
// Two trees of node_modules: a slow disk takes minutes to forget them.
afterAll(() => rm(folder, { recursive: true }), 600_000);

/** The lines of each stage, continued ones joined. */
const stages = readFileSync(join(root, "deploy/Dockerfile"), "utf8")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll("\\\n", " ")
  .split(/^FROM /m)
  .slice(1)
  .map((stage) => stage.split("\n").slice(1));

const [building, running] = stages as [string[], string[]];

/** The words of all lines that begin with this instruction. */
function instructions(stage: string[], name: string): string[] {
  return stage.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1).trim()] : []));
}

/** Does what the build stage says, in a folder instead of a container; returns where its result is. */
function build(): string {
  const [app, result] = [join(folder, "app"), join(folder, "runtime")];
  mkdirSync(app);
  for (const line of building) {
    const [name, ...words] = line.trim().split(/\s+/);
    if (name === "COPY") {
      const target = words.pop()!;
      for (const source of words) {
        const into = target.endsWith("/") ? join(target, source.split("/").at(-1)!) : target;
        mkdirSync(dirname(join(app, into)), { recursive: true });
        const filter = (path: string) => !/\/(node_modules|dist)(\/|$)/.test(path.slice(root.length));
        cpSync(join(root, source), join(app, into), { recursive: true, filter });
      }
    } else if (name === "RUN") {
      const command = words.join(" ").replaceAll("/runtime", result);
      execFileSync("sh", ["-c", command], { cwd: app, stdio: ["ignore", "pipe", "pipe"] });
    }
  }
  return result;
}

const filesIn = (path: string): string[] => readdirSync(path, { recursive: true, encoding: "utf8" }).sort();

describe("the container image", () => {
  it("knows every workspace of the lock file, and the build context contains all that it copies", () => {
    const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { workspaces: string[] };
    const copied = instructions(building, "COPY").flatMap((line) => line.split(/\s+/).slice(0, -1));
    expect(copied).toEqual(expect.arrayContaining(workspaces.map((name) => `${name}/package.json`)));
    const context = readFileSync(join(root, ".dockerignore"), "utf8").match(/(?<=^!).+/gm)!;
    for (const source of copied) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(context, source).toContain(source.endsWith("/package.json") ? "*/package.json" : source);
    }
  });

  it("holds a whole server that writes only to its data, answers its health check and stops when asked to", async () => {
    const place = build();
    const port = await freePort();
    const data = join(folder, "data");
    const settings = {
      PERIDIO_PORT: String(port),
      PERIDIO_DATA_DIR: data,
      NODE_OPTIONS: "--max-semi-space-size=16",
    };
    const env = { PATH: process.env.PATH, HOME: "/nonexistent", TMPDIR: join(folder, "none"), ...settings };
    const before = filesIn(place);
    const program = join(place, "server/bin/peridio-server.js");
    const child = spawn(process.execPath, [program, "serve"], { env, cwd: folder, stdio: "ignore" });
    const exited = once(child, "exit");
    onTestFinished(() => void child.kill("SIGKILL"));
    const url = `http://127.0.0.1:${port}`;
    const get = (path: string) => fetch(url + path).catch(() => null);
    await until("the server", async () => (await get("/readyz"))?.ok);
    // The pages are what the bundle leaves outside.
    expect((await get("/docs/"))?.status).toBe(200);

    const [health] = instructions(running, "HEALTHCHECK");
    const [node, ...words] = JSON.parse(health!.slice(health!.indexOf("CMD ") + 4)) as string[];
    expect(node).toBe("node");
    const check = async () => {
      const [code] = await once(spawn(process.execPath, words, { env, stdio: "ignore" }), "exit");
      return code;
    };
    expect(await check()).toBe(0);
    const [signal] = instructions(running, "STOPSIGNAL");
    child.kill(signal as NodeJS.Signals);
    expect(await exited).toEqual([0, null]);
    expect(await check()).toBe(1);
    expect(filesIn(place)).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(["app", "data", "runtime"]);
  });

  it("runs as nobody special, and takes a command", () => {
    expect(instructions(running, "USER")).toEqual(["1000:1000"]);
    expect(instructions(running, "ENTRYPOINT")).toEqual(['["peridio-server"]']);
    expect(instructions(running, "CMD")).toEqual(['["serve"]']);
    const { bin } = JSON.parse(readFileSync(join(root, "server/package.json"), "utf8")) as { bin: object };
    const [target, link] = instructions(running, "RUN").at(-1)!.split(" ").slice(2);
    expect(link).toBe("/usr/local/bin/peridio-server");
    expect(target).toBe(`/opt/peridio-server/server/${Object.values(bin)[0]}`);
  });
});
