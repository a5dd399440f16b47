import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type KernelQueues, type QueuesOf, readKernelQueues } from "./kernel-queues.ts";

const minute = 60_000;

export interface IdleLimits {
  /** For the head of a request, from its first byte, or from the connection on. */
  headersMs?: number;
  /** Between requests. Longer than the minute that proxies keep theirs, so that it is them who close. */
  keepAliveMs?: number;
  /** For a peer of which the kernel tells nothing: the sum of all silence. */
  unknownMs?: number;
  /** Where to look. */
  readQueues?: () => Promise<QueuesOf>;
}

/** What was seen when a socket first fell silent; another figure later means that it lives. */
interface Silence {
  since: number;
  bytesRead: number;
  bytesWritten: number;
  queues: KernelQueues | undefined;
}

/**
 * Drops connections on which nothing moves for `idleMs`, and no others: a transfer may take as long as it takes.
 *
 * When a client takes a download slowly, megabytes lie in the kernel's send buffer, and for minutes this process sees
 * nothing move. So a silent connection is looked up in the kernel: while the peer acknowledges bytes it stays; when none
 * was acknowledged from one look to the next it goes, after one to two times `idleMs` in all. Where the kernel doesn't
 * say (not Linux, a Unix socket), a connection with a response under way stays for half an hour of silence. A request
 * that has come in whole waits for us, not we for it, and stays; TCP keep-alive finds the peers that are dead.
 *
 * Over TLS this process sees a record only when its last byte is there, so what moves is read from the connection below.
 */
export function limitIdleConnections(server: Server, idleMs: number, limits: IdleLimits = {}): void {
  const {
    headersMs = 30_000,
    keepAliveMs = 72_000,
    unknownMs = Math.max(30 * minute, idleMs),
    readQueues = readKernelQueues,
  } = limits;
  const silences = new WeakMap<Socket, Silence>();
  const exchanges = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();

  server.requestTimeout = 0;
  server.headersTimeout = headersMs;
  server.keepAliveTimeout = keepAliveMs;
  server.on("connection", (socket: Socket) => socket.setKeepAlive(true, Math.max(idleMs, 1000)));
  const below = rememberConnections(server);
  server.on("request", (request, response) => exchanges.set(request.socket, { request, response }));

  const look = inTurns(readQueues, Math.min(1000, idleMs / 10));
  server.setTimeout(idleMs, (socket) => {
    const { bytesRead, bytesWritten } = socket;
    look((queuesOf) => {
      // What moves in the meantime starts the timer anew.
      const moved = socket.bytesRead !== bytesRead || socket.bytesWritten !== bytesWritten;
      if (!socket.destroyed && !moved) judge(socket, queuesOf(socket));
    });
  });

  function judge(socket: Socket, queues: KernelQueues | undefined): void {
    const connection = below(socket);
    const { bytesRead, bytesWritten } = connection;
    const before = silences.get(socket);
    const goesOn = before?.bytesRead === bytesRead && before.bytesWritten === bytesWritten;
    // Part of a record may have come: only the next look can tell.
    const mayMove = connection !== socket && !goesOn;
    const silence = goesOn ? before : { since: Date.now() - idleMs, bytesRead, bytesWritten, queues: undefined };
    const lives = queues
      ? queues.unacknowledged > 0 && queues.unacknowledged !== silence.queues?.unacknowledged
      : isAnswering(socket) && Date.now() - silence.since < unknownMs;
    if (!lives && !mayMove && !waitsForUs(socket, queues)) {
      // A reset, because the kernel would go on for long to offer what is unsent to a peer that takes nothing.
      if (queues && queues.unacknowledged > 0) connection.resetAndDestroy();
      else socket.destroy();
      return;
    }
    silences.set(socket, { ...silence, queues });
    socket.setTimeout(idleMs);
  }

  function isAnswering(socket: Socket): boolean {
    const response = exchanges.get(socket)?.response;
    return response?.headersSent === true && !response.writableFinished;
  }

  /** Whether the next move is ours: the request is here, or lies unread in the kernel, and the answer isn't given. */
  function waitsForUs(socket: Socket, queues: KernelQueues | undefined): boolean {
    const exchange = exchanges.get(socket);
    if (!exchange || exchange.response.writableLength > 0 || exchange.response.writableEnded) return false;
    if (queues && queues.unacknowledged > 0) return false;
    return exchange.request.complete || (queues?.unread ?? 0) > 0;
  }
}

/**
 * Finds the TCP connection that carries a socket; without TLS that is the socket itself. Node hands out both, but doesn't
 * say which belongs to which, and only the one below can be reset: a TLS socket throws ERR_INVALID_HANDLE_TYPE.
 */
function rememberConnections(server: Server): (socket: Socket) => Socket {
  const open = new Map<string, Socket>();
  server.on("connection", (connection: Socket) => {
    const name = nameOf(connection);
    open.set(name, connection);
    connection.once("close", () => open.get(name) === connection && open.delete(name));
  });
  return (socket) => open.get(nameOf(socket)) ?? socket;
}

function nameOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}

/** Collects all who want a look for a moment, and looks once for them. */
function inTurns(read: () => Promise<QueuesOf>, waitMs: number): (then: (queuesOf: QueuesOf) => void) => void {
  let waiting: ((queuesOf: QueuesOf) => void)[] = [];
  return (then) => {
    waiting.push(then);
    if (waiting.length > 1) return;
    setTimeout(async () => {
      const served = waiting;
      waiting = [];
      const queuesOf = await read();
      for (const then of served) then(queuesOf);
    }, waitMs).unref();
  };
}
