import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));

export const organization = "prn:1:0190b1c2-7d3e-7f00-8000-000000000001";

/** A PRN of this type. */
export function prn(type: string, last = 2): string {
  return `${organization}:${type}:0190b1c2-7d3e-7f00-8000-${String(last).padStart(12, "0")}`;
}

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A shell with a home of its own, where `peridio` asks one server. */
export interface Shell {
  /** Home and working directory. */
  directory: string;
  environment: Record<string, string>;
  /** Runs `peridio` with these arguments. */
  run(...args: string[]): Promise<Ran>;
  start(...args: string[]): { child: ChildProcess; ended: Promise<Ran> };
  write(name: string, content: string | Buffer): Promise<string>;
}

/** @param url of the server; without one, no variable is set */
export async function openShell(url?: string): Promise<Shell> {
  const directory = await mkdtemp(join(tmpdir(), "cli-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const shell: Shell = {
    directory,
    environment: url === undefined ? {} : { PERIDIO_BASE_URL: url, PERIDIO_API_KEY: "key" },
    run: (...args) => shell.start(...args).ended,
    start(...args) {
      const env = { PATH: process.env.PATH ?? "", HOME: directory, ...shell.environment };
      const child = spawn(process.execPath, [program, ...args], {
        cwd: directory,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ran: Ran = { code: null, stdout: "", stderr: "" };
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (text: string) => {
          ran[stream] += text;
        });
      }
      const ended = new Promise<Ran>((resolve) => child.on("close", (code) => resolve({ ...ran, code })));
      return { child, ended };
    },
    async write(name, content) {
      const path = join(directory, name);
      await writeFile(path, content);
      return path;
    },
  };
  return shell;
}

export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage["headers"];
  /** Parsed, when it was JSON. */
  body: unknown;
}

/** A server that answers as told, and remembers what it was asked. */
export interface Recorder {
  url: string;
  asked: Asked[];
  /** Status and JSON for requests in order of definition; a request that none takes is a 404. */
  answer(method: string, path: string | RegExp, body: unknown, status?: number): void;
  handle: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
}

export async function startRecorder(): Promise<Recorder> {
  const answers: { method: string; path: string | RegExp; body: unknown; status: number }[] = [];
  const server = createServer(async (request, response) => {
    if (recorder.handle?.(request, response)) return;
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? "", recorder.url);
    const [path, method] = [decodeURIComponent(pathname), request.method ?? ""];
    const isJson = request.headers["content-type"] === "application/json";
    const body: unknown = isJson ? JSON.parse(Buffer.concat(pieces).toString()) : null;
    recorder.asked.push({ method, path, query: Object.fromEntries(searchParams), headers: request.headers, body });
    const found = answers.find(
      (known) =>
        known.method === method && (known.path instanceof RegExp ? known.path.test(path) : known.path === path),
    );
    const status = found?.status ?? 404;
    const answer = found ? found.body : { errors: { detail: `nothing at ${path}`, code: "not_found" } };
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(status === 204 ? "" : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const recorder: Recorder = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    answer: (method, path, body, status = 200) => answers.push({ method, path, body, status }),
    handle: null,
  };
  return recorder;
}

/** A binary as the API answers it. */
export function binary(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    prn: prn("binary"),
    organization_prn: organization,
    inserted_at: "2026-01-01T00:00:00.000000Z",
    updated_at: "2026-01-01T00:00:00.000000Z",
    artifact_version_prn: prn("artifact_version"),
    target: "t",
    hash: "a".repeat(64),
    size: 3,
    state: "signed",
    revision: 0,
    description: null,
    custom_metadata: null,
    signatures: [],
    verification_failure: null,
    created_at: "2026-01-01T00:00:00.000000Z",
    ...fields,
  };
}
