import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient, fileSource, nodeTransport, uploadBinary } from "@open-peridio/sdk/node";
import { callApi, makeVersion } from "../e2e/api.ts";
import { apiKey, type TestServer } from "../e2e/server.ts";
import { type Figure, median, megabytes, seconds } from "./figures.ts";
import { type BenchFile, peakMemory } from "./files.ts";
import { run } from "./programs.ts";

const cli = fileURLToPath(new URL("../cli/bin/peridio.js", import.meta.url));
const rounds = 5;

interface Place {
  server: TestServer;
  directory: string;
  file: BenchFile;
}

/**
 * The CLI uploads a file in 5 MiB parts, eight at once; the reference is what can't be saved: hashing the file once with
 * OpenSSL and writing it once, durably, with dd. Both in turn, several times.
 */
export async function benchUpload({ server, directory, file }: Place): Promise<Figure[]> {
  const api = callApi(server.url);
  const version = await makeVersion(api);
  const hash = (await run("sha256sum", [file.path])).output.slice(0, 64);
  const ratios: number[] = [];
  const times = { reference: [] as number[], ours: [] as number[], verification: [] as number[] };
  let cliPeak = 0;

  for (let round = 0; round < rounds; round++) {
    const copy = join(directory, "copy.bin");
    const reference =
      (await seconds(() => run("openssl", ["dgst", "-sha256", file.path]))) +
      (await seconds(() => run("dd", [`if=${file.path}`, `of=${copy}`, "bs=1M", "conv=fdatasync"])));
    await rm(copy);

    const record = await create(`round-${round}`);
    const environment = { PERIDIO_API_KEY: apiKey, PERIDIO_BASE_URL: server.url };
    const args = [cli, "binaries", "upload", "--binary-prn", record, "--file", file.path, "--concurrency", "8"];
    const ours = await seconds(async () => {
      cliPeak = Math.max(cliPeak, (await run(process.execPath, args, environment)).peak);
    });
    await api("POST", `/binaries/${record}/destroy`);
    times.reference.push(reference);
    times.ours.push(ours);
    ratios.push(ours / reference);
  }
  times.verification.push(await timeVerification(server, await create("verification"), file));

  const verification = median(times.verification);
  return [
    { what: "openssl dgst + dd conv=fdatasync (median)", value: `${median(times.reference).toFixed(2)} s` },
    { what: "CLI and server (median)", value: `${median(times.ours).toFixed(2)} s` },
    {
      what: "CLI and server / reference (median of rounds)",
      value: `${median(ratios).toFixed(2)} x`,
      target: "at most 1.50 x",
      met: median(ratios) <= 1.5,
    },
    {
      what: "last byte acknowledged to signable",
      value: `${Math.round(verification)} ms`,
      target: "under 100 ms",
      met: verification < 100,
    },
    {
      what: "peak memory of the server",
      value: megabytes(peakMemory(server.process().pid!)),
      target: "under 200 MB",
      met: peakMemory(server.process().pid!) < 200 * 1024,
    },
    { what: "peak memory of the CLI", value: megabytes(cliPeak) },
  ];

  async function create(target: string): Promise<string> {
    const body = { artifact_version_prn: version, target, hash, size: file.size };
    return (await api("POST", "/binaries", body)).body.binary.prn;
  }
}

/** Milliseconds from the last acknowledged byte until the server says `signable`. */
async function timeVerification(server: TestServer, binaryPrn: string, file: BenchFile): Promise<number> {
  const client = createClient({ baseUrl: server.url, apiKey, transport: nodeTransport() });
  const source = await fileSource(file.path);
  let acknowledged = 0;
  await uploadBinary(client, {
    binaryPrn,
    source,
    onProgress: (progress) => {
      if (progress.phase === "uploading" && progress.acknowledged === progress.total) acknowledged = performance.now();
    },
  });
  const verified = performance.now();
  await source.close();
  return verified - acknowledged;
}
