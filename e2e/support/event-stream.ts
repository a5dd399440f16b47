import { request } from "node:http";

export interface Told {
  id: string;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read events as a stranger would, field by field.
  data: any;
}

export interface Stream {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** What was told so far. */
  told: Told[];
  /** With which id a browser would come back now. */
  lastId: string;
  /** All that came, as it came. */
  text: string;
  /** Whether it came to its end, or broke. */
  over: boolean;
  /** Takes nothing more off the connection until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Reads server-sent events as a browser does; returns when the answer begins. */
export function listen(url: string, headers: Record<string, string>, query = ""): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/events/stream${query}`, { headers, agent: false }, (answer) => {
      const stream: Stream = {
        status: answer.statusCode!,
        headers: answer.headers,
        told: [],
        lastId: "",
        text: "",
        over: false,
        pause: () => answer.pause(),
        resume: () => answer.resume(),
        close: () => asking.destroy(),
      };
      let rest = "";
      answer.setEncoding("utf8").on("data", (text: string) => {
        stream.text += text;
        const blocks = (rest + text).split("\n\n");
        rest = blocks.pop()!;
        for (const block of blocks) read(stream, block);
      });
      answer.on("close", () => {
        stream.over = true;
      });
      answer.on("error", () => {});
      resolve(stream);
    });
    asking.on("error", reject);
    asking.end();
  });
}

function read(stream: Stream, block: string): void {
  const fields = new Map(block.split("\n").map((line) => [line.split(": ")[0]!, line.slice(line.indexOf(": ") + 2)]));
  stream.lastId = fields.get("id") ?? stream.lastId;
  const data = fields.get("data");
  if (data === undefined) return;
  stream.told.push({ id: stream.lastId, event: fields.get("event") ?? "message", data: JSON.parse(data) });
}
