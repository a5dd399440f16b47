import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { untakenBytes } from "./untaken-bytes.ts";

/** Milliseconds that a client may take to send its request headers. */
const headersTime = 30_000;
/** Milliseconds that a connection may wait for its next request; longer than common load balancers keep theirs. */
const keepAliveTime = 75_000;
/**
 * Where the kernel doesn't tell: milliseconds without visible progress that end a download. A full send buffer of 4 MB
 * lasts that long at 2 kB/s.
 */
const blindTime = 2_000_000;

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

interface Look {
  /** What moves when the client takes bytes. */
  progress: string;
  at: number;
}

/**
 * Slow is not dead: no transfer has a total time limit, only silence ends one.
 *
 * While a download is slow, the kernel holds megabytes that the client hasn't taken yet, and for minutes Node sees
 * nothing move. So when a connection seems idle, the kernel is asked how much the client still has to take: if that
 * changed since the last look, the client lives.
 */
export function limitIdleConnections(server: Server, idleMilliseconds: number): void {
  server.requestTimeout = 0;
  server.headersTimeout = headersTime;
  server.keepAliveTimeout = keepAliveTime;
  server.timeout = idleMilliseconds;

  const exchanges = new WeakMap<Socket, Exchange>();
  const looks = new WeakMap<Socket, Look>();
  server.on("connection", (socket) => socket.setKeepAlive(true, 30_000));
  server.on("request", (request, response) => exchanges.set(request.socket, { request, response }));
  server.on("timeout", (socket) => {
    if (isOurTurn(exchanges.get(socket)) || stillTakes(socket, looks)) socket.setTimeout(idleMilliseconds);
    else socket.destroy();
  });
}

/** The client sent all and waits for us: its silence is our doing. */
function isOurTurn(exchange: Exchange | undefined): boolean {
  return exchange?.request.complete === true && !exchange.response.headersSent && !exchange.response.destroyed;
}

/** Whether the client took bytes since the last look; the first look gives it the benefit of the doubt. */
function stillTakes(socket: Socket, looks: WeakMap<Socket, Look>): boolean {
  const untaken = untakenBytes(socket);
  if (untaken === 0) return false;
  const progress = `${untaken} of ${socket.bytesWritten}`;
  const before = looks.get(socket);
  if (before?.progress !== progress) {
    looks.set(socket, { progress, at: Date.now() });
    return true;
  }
  return untaken === null && Date.now() - before.at < blindTime;
}
