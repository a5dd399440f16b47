import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: read as a stranger would.
  body: any;
  at: number;
}

/** A receiver of webhooks that writes down what it gets. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers: a status, or nothing at all, ever. Decides anew for each request. */
  answer: (received: Received) => number | "nothing" | Promise<number | "nothing">;
  /** All that it got but test events. */
  events(): Received[];
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const received = { headers: request.headers, text, body: JSON.parse(text), at: Date.now() };
    receiver.received.push(received);
    const status = await receiver.answer(received);
    if (status !== "nothing") response.writeHead(status).end("thank you");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: () => 200,
    events: () => receiver.received.filter(({ body }) => body.type !== "webhook"),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
