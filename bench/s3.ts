import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, fileSource, nodeTransport, uploadBinary } from "@open-peridio/sdk/node";
import { callApi, makeVersion } from "../e2e/api.ts";
import { apiKey, startTestServer, type TestServer } from "../e2e/server.ts";
import { startBackend } from "../e2e/support/backend.ts";
import { type Figure, median, seconds } from "./figures.ts";
import { type BenchFile, randomFile } from "./files.ts";
import { run } from "./programs.ts";

const rounds = 3;
/** Uploads at once, each of a file of so many MiB. */
const uploads = 8;
const mebibytes = 64;

/**
 * Uploads straight to an S3 store: what the server itself moves for each byte, and how much one and two processes take on.
 * Store, database, clients and servers share the machine; the reference is what can't be saved, hashing it all once.
 */
export async function benchS3(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "peridio-s3-"));
  const backend = await startBackend("postgres+s3", directory, { mortal: true });
  const settings = { PERIDIO_LOG_LEVEL: "warn", PERIDIO_RATE_LIMIT: "1000000000" };
  const servers = [await startTestServer(settings, { backend }), await startTestServer(settings, { backend })];
  const file = await randomFile(join(directory, "content.bin"), mebibytes);
  const version = await makeVersion(callApi(servers[0]!.url));
  const hash = (await run("sha256sum", [file.path])).output.slice(0, 64);
  const total = uploads * file.size;
  const times = { reference: [] as number[], one: [] as number[], two: [] as number[] };
  const moved: Moved[] = [];

  async function upload(server: TestServer, target: string): Promise<void> {
    const body = { artifact_version_prn: version, target, hash, size: file.size };
    const { binary } = (await callApi(server.url)("POST", "/binaries", body)).body;
    await bring(server, binary.prn, file);
  }
  const all = (among: TestServer[], name: string): Promise<number> =>
    seconds(() =>
      Promise.all(Array.from({ length: uploads }, (_, at) => upload(among[at % among.length]!, `${name}-${at}`))),
    );

  for (let round = 0; round < rounds; round++) {
    times.reference.push(
      await seconds(() => run("openssl", ["dgst", "-sha256", ...Array<string>(uploads).fill(file.path)])),
    );
    const before = movedBy(servers);
    times.one.push(await all([servers[0]!], `one-${round}`));
    const after = movedBy(servers);
    moved.push({ read: after.read - before.read, written: after.written - before.written });
    times.two.push(await all(servers, `two-${round}`));
  }
  await Promise.all(servers.map((server) => server.stop()));
  await backend.remove();
  await rm(directory, { recursive: true, force: true });

  const read = median(moved.map((each) => each.read / total));
  const written = median(moved.map((each) => each.written / total));
  const rate = (spent: number[]) => `${Math.round(total / median(spent) / 1e6)} MB/s`;
  const ratio = (spent: number[]) => median(spent.map((time, round) => time / times.reference[round]!)).toFixed(2);
  return [
    {
      what: "read by both servers / uploaded byte",
      value: `${read.toFixed(3)} x`,
      target: "at most 1.05 x",
      met: read <= 1.05,
    },
    { what: "written by both servers / uploaded byte", value: `${written.toFixed(4)} x` },
    { what: "openssl dgst of the same bytes, one core (median)", value: rate(times.reference) },
    { what: "uploaded and verified, one process asked (median)", value: rate(times.one) },
    { what: "uploaded and verified, two processes asked (median)", value: rate(times.two) },
    { what: "time of one / openssl (median of rounds)", value: `${ratio(times.one)} x` },
    { what: "time of two / openssl (median of rounds)", value: `${ratio(times.two)} x` },
  ];
}

interface Moved {
  read: number;
  written: number;
}

/** Bytes that processes have moved so far, over sockets and files, as the kernel counts them (Linux). */
function movedBy(servers: TestServer[]): Moved {
  const texts = servers.map((server) => readFileSync(`/proc/${server.process().pid}/io`, "utf8"));
  const sum = (name: string) =>
    texts.reduce((all, text) => all + Number(new RegExp(`^${name}: (\\d+)`, "m").exec(text)![1]), 0);
  return { read: sum("rchar"), written: sum("wchar") };
}

async function bring(server: TestServer, binaryPrn: string, file: BenchFile): Promise<void> {
  const client = createClient({ baseUrl: server.url, apiKey, transport: nodeTransport() });
  const source = await fileSource(file.path);
  await uploadBinary(client, { binaryPrn, source, direct: false, concurrency: 2 });
  await source.close();
}
