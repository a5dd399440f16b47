import { readFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { callApi } from "../e2e/api.ts";
import { startTestServer, type TestServer } from "../e2e/server.ts";
import { signableBinary } from "../e2e/support/signed.ts";
import { storedBinary } from "../e2e/support/stored.ts";
import { until } from "../e2e/support/until.ts";
import { type Figure, median, megabytes, seconds } from "./figures.ts";
import { peakMemory } from "./files.ts";

const rounds = 9;
const mebibyte = 1_048_576;
/** As devices that stream an image ask for it: one after the other; anywhere; and a download that goes on. */
const asked = {
  streamed: { bytes: 131_072, count: 400 },
  small: { bytes: 131_072, count: 400 },
  large: { bytes: 64 * mebibyte, count: 2 },
};

/** Ranges of a real program, this Node, from content that is compressed at rest, against the same as it came; in turn. */
export async function benchCompressed({ server }: { server: TestServer }): Promise<Figure[]> {
  const content = await readFile(process.execPath);
  const compressing = await startTestServer({
    PERIDIO_LOG_LEVEL: "warn",
    PERIDIO_RATE_LIMIT: "1000000000",
    PERIDIO_COMPRESS_AT_REST: "0.1",
  });
  try {
    const [plainLink, link] = [await linkTo(server, content), await linkTo(compressing, content)];
    const prn = new URL(link).pathname.split("/")[5]!;
    await until("it is compressed", () => storedBinary(compressing, prn).content_coding === "zstd", 120);
    const share = Number(storedBinary(compressing, prn).stored_size) / content.length;
    const figures: Figure[] = [
      { what: "stored bytes of this Node, compressed", value: `${(share * 100).toFixed(0)} %` },
    ];
    for (const [name, { bytes, count }] of Object.entries(asked)) {
      const ratios: number[] = [];
      const speeds = { plain: [] as number[], compressed: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        const anywhere = () => Math.floor(Math.random() * (content.length - bytes));
        const first = mebibyte * round;
        const starts = Array.from({ length: count }, (_, at) =>
          name === "streamed" ? first + at * bytes : anywhere(),
        );
        const plain = await seconds(() => fetchRanges(plainLink, starts, bytes));
        const compressed = await seconds(() => fetchRanges(link, starts, bytes));
        ratios.push(plain / compressed);
        speeds.plain.push((bytes * count) / plain);
        speeds.compressed.push((bytes * count) / compressed);
      }
      const ratio = median(ratios);
      const what = `${name} ranges (${bytes / 1024} KiB)`;
      figures.push(
        { what: `${what}, as it came`, value: speed(speeds.plain) },
        { what: `${what}, compressed`, value: speed(speeds.compressed) },
        {
          what: `${what}, compressed / as it came (median)`,
          value: `${ratio.toFixed(2)} x`,
          target: "at least 0.5 x",
          met: ratio >= 0.5,
        },
      );
    }
    figures.push({ what: "peak memory of the server", value: megabytes(peakMemory(compressing.process().pid!)) });
    return figures;
  } finally {
    await compressing.stop();
  }
}

async function linkTo(server: TestServer, content: Buffer): Promise<string> {
  const api = callApi(server.url);
  const prn = await signableBinary(server, api, {}, content);
  return (await api("GET", `/binaries/${prn}/download_url`)).body.download_url;
}

/** One after the other, on one connection. */
async function fetchRanges(link: string, starts: readonly number[], bytes: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const start of starts) {
    const headers = { range: `bytes=${start}-${start + bytes - 1}` };
    const got = await new Promise<number>((resolve, reject) => {
      get(link, { agent, headers }, (answer) => {
        let length = 0;
        answer.on("data", (chunk: Buffer) => {
          length += chunk.length;
        });
        answer.on("end", () => resolve(length)).on("error", reject);
      }).on("error", reject);
    });
    if (got !== bytes) throw new Error(`got ${got} of ${bytes} bytes`);
  }
  agent.destroy();
}

function speed(bytesPerSecond: number[]): string {
  return `${(median(bytesPerSecond) / 1e6).toFixed(0)} MB/s`;
}
