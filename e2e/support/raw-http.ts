import { once } from "node:events";
import { connect, type Socket } from "node:net";

interface RawAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Opens a connection and lets `write` put on it whatever it likes; answers what comes back until the server closes. */
export async function exchange(url: string, write: (socket: Socket) => void): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A server that refuses early may reset the connection while we still write; its answer came before.
  socket.on("error", () => {});
  const closed = once(socket, "close");
  write(socket);
  await closed;
  return parse(Buffer.concat(chunks).toString("latin1"));
}

/** A request with these exact headers and this exact text behind them; the connection is closed after it. */
export function rawRequest(
  method: string,
  url: string,
  headers: string[],
  body: string | Buffer = "",
): Promise<RawAnswer> {
  const { pathname, search } = new URL(url);
  const head = [`${method} ${pathname}${search} HTTP/1.1`, "host: localhost", "connection: close", ...headers];
  return exchange(url, (socket) => {
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.write(body);
  });
}

/** A body in the chunked coding. */
export function chunked(...chunks: Buffer[]): Buffer {
  const coded = chunks.map((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
  return Buffer.concat([...coded.flat(), Buffer.from("0\r\n\r\n")]);
}

/** Sends half of what was promised and is gone, as when a cable is pulled. Resolves once the connection is down. */
export async function cutConnection(url: string, headers: string[], half: Buffer): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.on("error", () => {});
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: localhost\r\n${headers.join("\r\n")}\r\n\r\n`);
  await new Promise((written) => socket.write(half, written));
  socket.resetAndDestroy();
  await once(socket, "close");
}

function parse(text: string): RawAnswer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return { status: Number(first.split(" ")[1]), headers, body: rest.join("\r\n\r\n") };
}
