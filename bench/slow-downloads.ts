import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { callApi, makeBinary } from "../e2e/api.ts";
import { apiKey, type TestServer } from "../e2e/server.ts";
import { type Figure, megabytes } from "./figures.ts";
import { peakMemory } from "./files.ts";

const downloads = 2_000;
/** Bytes a second that each takes. */
const rate = 20_000;
const seconds = 30;
/** More than the kernel's buffers take, so that the server is the one that waits. */
const size = 67_108_864;

/** As many devices as one process may have, each on a line that takes 20 kB a second, all at once. */
export async function benchSlowDownloads({ server }: { server: TestServer }): Promise<Figure[]> {
  const link = await uploaded(server);
  const before = residentMemory(server);
  const slow: Socket[] = [];
  // Not all in one moment: the kernel turns away what it can't queue.
  while (slow.length < downloads)
    slow.push(...(await Promise.all(Array.from({ length: 100 }, () => openSlowly(link)))));
  const began = performance.now();
  const taken = await takeAll(slow);
  const each = taken / downloads / ((performance.now() - began) / 1000);
  const alive = slow.filter(({ destroyed }) => !destroyed).length;
  const [resident, peak] = [residentMemory(server), peakMemory(server.process().pid!)];
  for (const socket of slow) socket.destroy();
  return [
    { what: "downloads that are held", value: String(alive), target: String(downloads), met: alive === downloads },
    { what: "bytes a second for each", value: each.toFixed(0), target: `about ${rate}`, met: each > rate * 0.9 },
    { what: "memory of the server before", value: megabytes(before) },
    { what: "memory of the server while it holds them", value: megabytes(resident) },
    { what: "peak memory of the server", value: megabytes(peak), target: "under 300 MB", met: peak < 300 * 1024 },
  ];
}

async function uploaded(server: TestServer): Promise<string> {
  const api = callApi(server.url);
  const bytes = randomBytes(size);
  const binary = await makeBinary(api, bytes);
  const headers = { authorization: `Bearer ${apiKey}` };
  const answer = await fetch(`${server.url}/binaries/${binary}/content`, { method: "PUT", headers, body: bytes });
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}: ${await answer.text()}`);
  return (await api("GET", `/binaries/${binary}/download_url`)).body.download_url;
}

/** A connection that asked for the content and reads only when it is told to. */
async function openSlowly(link: string): Promise<Socket> {
  const { hostname, port, pathname, search } = new URL(link);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  return socket;
}

/** Lets all take their bytes, twice a second each, in turns. @returns bytes */
async function takeAll(sockets: Socket[]): Promise<number> {
  const turns = 10;
  let taken = 0;
  const began = performance.now();
  const credits = sockets.map(() => 0);
  for (let tick = 0; performance.now() - began < seconds * 1000; tick++) {
    for (let at = tick % turns; at < sockets.length; at += turns) {
      credits[at]! += rate / 2;
      let piece: Buffer | null = sockets[at]!.read(Math.min(credits[at]!, sockets[at]!.readableLength));
      while (piece !== null) {
        credits[at]! -= piece.length;
        taken += piece.length;
        const next = Math.min(credits[at]!, sockets[at]!.readableLength);
        piece = next > 0 ? sockets[at]!.read(next) : null;
      }
    }
    await pause(Math.max(0, began + (tick + 1) * (500 / turns) - performance.now()));
  }
  return taken;
}

/** kB, as the kernel counts it now. */
function residentMemory(server: TestServer): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process().pid}/status`, "utf8"))?.[1] ?? 0);
}
