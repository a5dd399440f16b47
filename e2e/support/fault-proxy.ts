import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What may go wrong between a store and those who use it. */
export const faults = [
  "503 instead of an answer",
  "silence instead of an answer",
  "silence in the middle of an answer",
  "a cut in the middle of a request",
  "a cut in the middle of an answer",
  "a cut instead of an answer to what was done",
] as const;
export type Fault = (typeof faults)[number];

export interface FaultProxy {
  /** Its address, to be used in place of the store's. */
  origin: string;
  /** How often a fault has happened. */
  count(fault: Fault): number;
  /** From now on every `each`th request meets this fault. */
  begin(fault: Fault, each: number): void;
  /** The next request to such an address meets this fault, others don't. */
  once(fault: Fault, address: RegExp): void;
  /** Requests like this, after so many of them, are told this, and are not passed on before their release. */
  pretend(untruth: { method: string; address: RegExp; after: number; status: number; body: string }): Pretence;
  /** From now on all goes well; connections that are silent are cut. */
  heal(): void;
  stop(): Promise<void>;
}

export interface Pretence {
  /** How many requests were told so. */
  times(): number;
  /** Passes them on, waits for the store's answers, and pretends no more. */
  release(): Promise<void>;
}

interface Pretended {
  meets(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): void;
}

/** An HTTP proxy before a store, for everyone who uses it, that does as bad networks and busy stores do. */
export async function startFaultProxy(store: string): Promise<FaultProxy> {
  const upstream = new http.Agent({ keepAlive: true });
  const happened = new Map<Fault, number>();
  const silent = new Set<Socket>();
  const pretended = new Set<Pretended>();
  let trouble: { fault: Fault; meets: (url: string) => boolean } | null = null;

  function hush(socket: Socket): void {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  }

  function faultOf(url: string): Fault | null {
    if (!trouble?.meets(url)) return null;
    const { fault } = trouble;
    happened.set(fault, (happened.get(fault) ?? 0) + 1);
    return fault;
  }

  function pretend({ method, address, after, status, body }: Parameters<FaultProxy["pretend"]>[0]): Pretence {
    const held: (() => Promise<unknown>)[] = [];
    let seen = 0;
    const pretence: Pretended = {
      meets: (request) => request.method === method && address.test(request.url!) && ++seen > after,
      answer(request, response) {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
          const { expect: _, connection: __, ...headers } = request.headers;
          held.push(async () => {
            const forwarded = http.request(new URL(request.url!, store), { method, headers, agent: upstream });
            forwarded.end(Buffer.concat(chunks));
            const [answer] = (await once(forwarded, "response")) as [IncomingMessage];
            await once(answer.resume(), "end");
          });
          response.writeHead(status, { "content-type": "application/xml" }).end(body);
        });
      },
    };
    pretended.add(pretence);
    return {
      times: () => held.length,
      async release() {
        pretended.delete(pretence);
        for (const send of held) await send();
      },
    };
  }

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const pretence = [...pretended].find(({ meets }) => meets(request));
    if (pretence) {
      pretence.answer(request, response);
      return;
    }
    const { socket, url = "" } = request;
    const fault = faultOf(url);
    if (fault === "503 instead of an answer") {
      response.writeHead(503, { connection: "close", "content-type": "application/xml" });
      response.end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
      return;
    }
    if (fault === "silence instead of an answer") {
      hush(socket);
      return;
    }
    // To a store behind it a signature says where it was sent, so the host stays as it is.
    const { expect: _, connection: __, ...headers } = request.headers;
    const forwarded = http.request(new URL(url, store), { method: request.method, headers, agent: upstream });
    forwarded.on("error", () => socket.destroy());
    response.on("close", () => forwarded.destroy());
    forwarded.on("response", (answer) => {
      answer.on("error", () => socket.destroy());
      if (fault === "a cut instead of an answer to what was done") {
        answer.resume().on("end", () => socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode!, answer.headers);
      const half = Number(answer.headers["content-length"] ?? 0) / 2;
      if (fault === "silence in the middle of an answer") relay(answer, response, half, () => hush(socket));
      else if (fault === "a cut in the middle of an answer") relay(answer, response, half, () => socket.destroy());
      else answer.pipe(response);
    });
    const half = Number(headers["content-length"] ?? 0) / 2;
    if (fault === "a cut in the middle of a request") {
      relay(request, forwarded, half, () => {
        forwarded.destroy();
        socket.destroy();
      });
    } else request.pipe(forwarded);
  }

  const server = http.createServer({ requestTimeout: 0 }, pass).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: (fault) => happened.get(fault) ?? 0,
    begin(fault, each) {
      let requests = 0;
      trouble = { fault, meets: () => ++requests % each === 0 };
    },
    once(fault, address) {
      const before = happened.get(fault) ?? 0;
      trouble = { fault, meets: (url) => address.test(url) && (happened.get(fault) ?? 0) === before };
    },
    pretend,
    heal() {
      trouble = null;
      for (const socket of silent) socket.destroy();
    },
    async stop() {
      upstream.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Passes on so many bytes, then does what happens next, once. */
function relay(from: IncomingMessage, to: NodeJS.WritableStream, bytes: number, then: () => void): void {
  let passed = 0;
  from.on("data", (chunk: Buffer) => {
    if (passed >= bytes) return;
    to.write(chunk.subarray(0, bytes - passed));
    passed += chunk.length;
    if (passed >= bytes) then();
  });
  from.on("end", () => {
    if (passed < bytes || bytes === 0) then();
  });
}
