import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createClient, fileSource, nodeTransport, uploadBinary } from "@open-peridio/sdk/node";
import { callApi, makeVersion } from "../e2e/api.ts";
import { freePort } from "../e2e/free-port.ts";
import { apiKey, type TestServer } from "../e2e/server.ts";
import { type Figure, median, megabytes } from "./figures.ts";
import { type BenchFile, peakMemory } from "./files.ts";
import { background, run, untilAnswers } from "./programs.ts";

const rounds = 7;

/** One curl downloads the whole file, from nginx (sendfile) and from the server, in turn. */
export async function benchDownload(place: {
  server: TestServer;
  directory: string;
  file: BenchFile;
}): Promise<Figure[]> {
  const { server, directory, file } = place;
  const port = await freePort();
  const nginx = background("nginx", ["-c", await nginxConfiguration(directory, file, port)]);
  const reference = `http://127.0.0.1:${port}/content.bin`;
  await untilAnswers(reference);
  const link = await uploaded(server, file);
  const speeds = { nginx: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    speeds.nginx.push(await speed(reference));
    speeds.ours.push(await speed(link));
  }
  await nginx.stop();
  const ratio = median(speeds.ours.map((ours, round) => ours / speeds.nginx[round]!));
  const peak = peakMemory(server.process().pid!);
  return [
    { what: "nginx, sendfile, one worker (median)", value: gigabytes(median(speeds.nginx)) },
    { what: "server (median)", value: gigabytes(median(speeds.ours)) },
    {
      what: "server / nginx (median of rounds)",
      value: `${ratio.toFixed(2)} x`,
      target: "at least 0.75 x",
      met: ratio >= 0.75,
    },
    { what: "peak memory of the server", value: megabytes(peak), target: "under 200 MB", met: peak < 200 * 1024 },
  ];
}

/** Bytes a second. */
async function speed(url: string): Promise<number> {
  return Number((await run("curl", ["-sf", "-o", "/dev/null", "-w", "%{speed_download}", url])).output);
}

function gigabytes(bytesPerSecond: number): string {
  return `${(bytesPerSecond / 1e9).toFixed(2)} GB/s`;
}

async function uploaded(server: TestServer, file: BenchFile): Promise<string> {
  const api = callApi(server.url);
  const version = await makeVersion(api);
  const { body } = await api("POST", "/binaries", {
    artifact_version_prn: version,
    target: "download",
    size: file.size,
  });
  const source = await fileSource(file.path);
  const client = createClient({ baseUrl: server.url, apiKey, transport: nodeTransport() });
  await uploadBinary(client, { binaryPrn: body.binary.prn, source });
  await source.close();
  return (await api("GET", `/binaries/${body.binary.prn}/download_url`)).body.download_url;
}

async function nginxConfiguration(directory: string, file: BenchFile, port: number): Promise<string> {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(directory, name)};`)
    .join(" ");
  const path = join(directory, "nginx.conf");
  await writeFile(
    path,
    `worker_processes 1; daemon off; user root; pid ${join(directory, "nginx.pid")}; error_log ${join(directory, "nginx.log")};
events {} http { access_log off; sendfile on; ${temporary}
server { listen 127.0.0.1:${port}; root ${dirname(file.path)}; } }`,
  );
  return path;
}
