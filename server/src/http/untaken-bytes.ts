import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

/** Columns of /proc/net/tcp: `sl local_address rem_address st tx_queue:rx_queue …` */
const columns = { local: 1, remote: 2, queues: 4 };

/** One reading of the tables serves all sockets that ask in the same moment. */
let reading: Map<string, number> | null | undefined;

/**
 * Bytes that the kernel holds for a peer which hasn't acknowledged them: sent or waiting to be sent.
 * Null where the kernel doesn't tell (not Linux).
 */
export function untakenBytes(socket: Socket): number | null {
  if (reading === undefined) {
    reading = readTables();
    setImmediate(() => {
      reading = undefined;
    });
  }
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (!reading || !localAddress || !remoteAddress) return null;
  return reading.get(key(hexAddress(localAddress), localPort, hexAddress(remoteAddress), remotePort)) ?? 0;
}

function readTables(): Map<string, number> | null {
  const queues = new Map<string, number>();
  let any = false;
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    try {
      for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
        const fields = line.trim().split(/\s+/);
        const [queue] = fields[columns.queues]?.split(":") ?? [];
        if (queue === undefined) continue;
        queues.set(`${fields[columns.local]} ${fields[columns.remote]}`, Number.parseInt(queue, 16));
      }
      any = true;
    } catch {
      // A kernel without this table: the other one, or none, tells.
    }
  }
  return any ? queues : null;
}

function key(local: string, localPort: number | undefined, remote: string, remotePort: number | undefined): string {
  const port = (number: number | undefined) => (number ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `${local}:${port(localPort)} ${remote}:${port(remotePort)}`;
}

/** An address as the tables write it: 32-bit words, each in the byte order of the machine (little-endian). */
function hexAddress(address: string): string {
  const bytes = address.includes(":") ? ipv6Bytes(address) : address.split(".").map(Number);
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    for (let byte = 3; byte >= 0; byte--) text += bytes[at + byte]!.toString(16).padStart(2, "0");
  }
  return text.toUpperCase();
}

function ipv6Bytes(address: string): number[] {
  const plain = address.replace(/%.*$/, "").replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const word = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${word(a, b)}:${word(c, d)}`;
  });
  const [head = "", tail] = plain.split("::");
  const words = (text: string) => (text === "" ? [] : text.split(":").map((word) => Number.parseInt(word, 16)));
  const before = words(head);
  const after = tail === undefined ? [] : words(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after].flatMap((word) => [word >> 8, word & 255]);
}
