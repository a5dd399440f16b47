import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { connect, type Socket } from "node:net";
import tls from "node:tls";
import type { Answer } from "../api.ts";
import { apiKey } from "../server.ts";

/** A PUT whose body goes out as the test wants it to. */
export interface OpenUpload {
  /** Resolves when the bytes have left this process. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sends the last bytes; resolves to the answer. */
  end(bytes?: Uint8Array): Promise<Answer>;
  /** The answer, whether or not all was sent. @throws when the connection goes down first. */
  answer: Promise<Answer>;
}

/** Upload links need no key; other addresses get it. */
export function openUpload(url: string, length: number, headers: Record<string, string> = {}): OpenUpload {
  const key = url.includes("/cdn/") ? {} : { authorization: `Bearer ${apiKey}` };
  // One connection each, and not `connection: close`: with that, an answer that comes early may be lost in the reset.
  const { Agent, request } = url.startsWith("https:") ? https : http;
  const agent = new Agent({ keepAlive: true });
  const sent = request(url, { method: "PUT", agent, headers: { ...key, ...headers, "content-length": length } });
  const answer = new Promise<Answer>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      agent.destroy();
      const text = Buffer.concat(chunks).toString();
      const { statusCode = 0, headers } = response;
      const body = text === "" ? null : JSON.parse(text);
      resolve({ status: statusCode, body, headers: new Headers(headers as Record<string, string>) });
    });
  });
  // Whoever asks for the answer is told; an upload that is only cut off isn't asked.
  answer.catch(() => {});
  return {
    answer,
    write: (bytes) =>
      new Promise((resolve, reject) => sent.write(bytes, (error) => (error ? reject(error) : resolve()))),
    end(bytes) {
      sent.end(bytes);
      return answer;
    },
  };
}

/** A GET that is read only when the test reads; until then the bytes pile up in the kernels. */
export interface OpenDownload {
  socket: Socket;
  /** The next bytes; null at the end of the body, or of the connection. */
  read(): Promise<Buffer | null>;
}

export async function openDownload(url: string): Promise<OpenDownload> {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const isTls = protocol === "https:";
  const socket = isTls ? tls.connect(Number(port), hostname) : connect(Number(port), hostname);
  await once(socket, isTls ? "secureConnect" : "connect");
  // Bytes are awaited one by one; a broken connection shows as their end.
  socket.on("error", () => {});
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  const receive = async (): Promise<Buffer | null> => {
    for (;;) {
      const bytes: Buffer | null = socket.read();
      if (bytes) return bytes;
      if (socket.readableEnded || socket.destroyed) return null;
      await Promise.race([once(socket, "readable"), once(socket, "end"), once(socket, "close")]).catch(() => {});
    }
  };
  const head = await readHead(receive);
  if (head.rest.length > 0) socket.unshift(head.rest);
  if (!head.text.startsWith("HTTP/1.1 200")) throw new Error(head.text);
  let missing = Number(/^content-length: (\d+)$/im.exec(head.text)![1]);
  return {
    socket,
    async read() {
      const bytes = missing === 0 ? null : await receive();
      missing -= bytes?.length ?? 0;
      if (missing === 0) socket.destroy();
      return bytes;
    },
  };
}

async function readHead(read: () => Promise<Buffer | null>): Promise<{ text: string; rest: Buffer }> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const more = await read();
    if (!more) throw new Error(`the connection ended in the head: ${bytes}`);
    bytes = Buffer.concat([bytes, more]);
    const end = bytes.indexOf("\r\n\r\n");
    if (end >= 0) return { text: bytes.subarray(0, end).toString("latin1"), rest: bytes.subarray(end + 4) };
  }
}
