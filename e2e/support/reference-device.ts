import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import tls from "node:tls";
import { fileURLToPath } from "node:url";
import type { Identity } from "./identities.ts";
import { until } from "./until.ts";

const program = fileURLToPath(new URL("../../cli/dist/peridio.js", import.meta.url));

export interface Told {
  event: string;
  message: string;
  [field: string]: unknown;
}

/** `peridio device run`, with a state directory that outlives its processes. */
export interface ReferenceDevice {
  directory: string;
  /** What its processes said so far. */
  events: Told[];
  errors: string[];
  /** Starts it with these further options. */
  start(...options: string[]): ChildProcess;
  /** Starts it with `--once`; resolves to its exit code, or the signal that ended it. */
  once(...options: string[]): Promise<number | string>;
  /** Waits until it says this. */
  says(event: string, words?: string): Promise<Told>;
  /** A file below `current`. */
  current(path: string): Promise<Buffer>;
  remove(): Promise<void>;
}

/** @param trusted what it is told to trust: base64 of raw keys, or files */
export async function openDevice(url: string, identity: Identity, trusted: string[]): Promise<ReferenceDevice> {
  const directory = mkdtempSync(join(tmpdir(), "e2e-device-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const words = [
    ...["device", "run", "--output", "json", "--url", url, "--state-directory", join(directory, "state")],
    ...["--certificate", file("device.crt", identity.cert), "--private-key", file("device.key", identity.key)],
    ...["--ca-path", file("server.crt", await certificateOf(url)), "--trusted-signing-keys", ...trusted],
    ...["--poll-interval", "1", "--initial-version", "0.0.1"],
  ];
  const running = new Set<ChildProcess>();
  const device: ReferenceDevice = {
    directory: join(directory, "state"),
    events: [],
    errors: [],
    start(...options) {
      const env = { PATH: process.env.PATH, HOME: directory };
      const child = spawn(process.execPath, [program, ...words, ...options], {
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      running.add(child);
      child.once("exit", () => running.delete(child));
      let rest = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop()!;
        device.events.push(...lines.map((line) => JSON.parse(line) as Told));
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => device.errors.push(text));
      return child;
    },
    async once(...options) {
      const child = device.start("--once", ...options);
      const [code, signal] = (await once(child, "close")) as [number | null, string | null];
      return code ?? signal!;
    },
    says: (event, words = "") =>
      until(
        `the device says '${event}' ${words}; it said ${JSON.stringify(device.events.slice(-5))} ${device.errors}`,
        () => device.events.find((told) => told.event === event && told.message.includes(words)),
      ),
    current: (path) => readFile(join(device.directory, "current", path)),
    async remove() {
      for (const child of running) {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return device;
}

/** What a server shows of itself, to be trusted. */
async function certificateOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = tls.connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return `-----BEGIN CERTIFICATE-----\n${raw.toString("base64")}\n-----END CERTIFICATE-----\n`;
}

/** What stands between a device and the content. */
export interface Wire {
  url: string;
  /** Where it leads. */
  target: string;
  /** Bytes that went through it. */
  passed: number;
  /** Changes bytes on their way. */
  meddle: (bytes: Buffer) => Buffer | Promise<Buffer>;
  close(): Promise<void>;
}

export async function layWire(): Promise<Wire> {
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const passed = ask(wire.target + incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      const through = async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          const bytes = await wire.meddle(piece);
          wire.passed += bytes.length;
          yield bytes;
        }
      };
      // A device that goes away breaks it off: nothing to be told.
      pipeline(answer, through, outgoing).catch(() => {});
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: "",
    passed: 0,
    meddle: (bytes) => bytes,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return wire;
}
