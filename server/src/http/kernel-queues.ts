import { readFile } from "node:fs/promises";
import { isIPv4, type Socket } from "node:net";
import { endianness } from "node:os";

/** Bytes of one TCP connection that the kernel holds. */
export interface KernelQueues {
  /** Sent or to be sent, and not acknowledged by the peer. */
  unacknowledged: number;
  /** Received, and not read by this process. */
  unread: number;
}

/** Finds a connection's queues; undefined for one that isn't listed. */
export type QueuesOf = (socket: Socket) => KernelQueues | undefined;

/**
 * The queues of every TCP connection of this host, at this moment, from `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)).
 * Where there is no such file, as outside of Linux, no connection is listed.
 */
export async function readKernelQueues(): Promise<QueuesOf> {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "latin1").catch(() => "")),
  );
  return findIn(tables.join("\n"));
}

/** Reads lines such as `1: 0100007F:1004 0100007F:DDA0 01 000003E0:00000000 …`: local, remote, state, tx:rx queue. */
export function findIn(table: string, littleEndian = endianness() === "LE"): QueuesOf {
  const queues = new Map<string, KernelQueues>();
  for (const [, local, remote, tx, rx] of table.matchAll(
    /^ *\d+: ([\dA-F]+:[\dA-F]{4}) ([\dA-F]+:[\dA-F]{4}) [\dA-F]{2} ([\dA-F]{8}):([\dA-F]{8}) /gm,
  )) {
    queues.set(`${local} ${remote}`, { unacknowledged: Number.parseInt(tx!, 16), unread: Number.parseInt(rx!, 16) });
  }
  return ({ localAddress, localPort, remoteAddress, remotePort }) => {
    if (localAddress === undefined || remoteAddress === undefined) return undefined;
    const written = (address: string, port = 0) => `${writtenAddress(address, littleEndian)}:${hex(port, 4)}`;
    return queues.get(`${written(localAddress, localPort)} ${written(remoteAddress, remotePort)}`);
  };
}

/** An address as the kernel prints it: 32-bit words in hex, each in the byte order of the machine. */
export function writtenAddress(address: string, littleEndian: boolean): string {
  const bytes = isIPv4(address) ? address.split(".").map(Number) : ipv6Bytes(address);
  const order = littleEndian ? [3, 2, 1, 0] : [0, 1, 2, 3];
  return bytes.map((_, i) => hex(bytes[(i & ~3) + order[i & 3]!]!, 2)).join("");
}

/** The 16 bytes of an address as RFC 4291 § 2.2 writes it, an IPv4 tail and a zone included. */
function ipv6Bytes(address: string): number[] {
  const plain = address.replace(/%.*$/, "").replace(/[\d.]+$/, (tail) => {
    if (!isIPv4(tail)) return tail;
    const [a, b, c, d] = tail.split(".").map(Number) as [number, number, number, number];
    return `${hex(a * 256 + b, 4)}:${hex(c * 256 + d, 4)}`;
  });
  const [left, right] = plain.split("::").map((side) => side.split(":").filter((group) => group !== ""));
  const gap = right === undefined ? 0 : 8 - left!.length - right.length;
  const groups = [...left!, ...Array<string>(gap).fill("0"), ...(right ?? [])].map((group) =>
    Number.parseInt(group, 16),
  );
  return groups.flatMap((group) => [group >> 8, group & 255]);
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
