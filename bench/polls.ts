import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { callApi } from "../e2e/api.ts";
import { freePort } from "../e2e/free-port.ts";
import { startTestServer, type TestServer } from "../e2e/server.ts";
import { makeBundle, makeCohort, makeRelease } from "../e2e/support/device.ts";
import { makeSigner, signedBinary } from "../e2e/support/signed.ts";
import { type Figure, median } from "./figures.ts";
import { background, run, untilAnswers } from "./programs.ts";

const sizes = [10_000, 1_000_000];
const rounds = 5;
const bareRoute = fileURLToPath(new URL("./bare-route.ts", import.meta.url));
/** As many bytes as the certificate of a device has, up to the number that tells one from the other. */
const commonBytes = "M".repeat(800);
const digits = 12;
/** What the official agent expands. */
const query =
  "manifest.binary_prn manifest.custom_metadata manifest.hash manifest.target manifest.url manifest.signatures manifest.size manifest.artifact.prn manifest.artifact.name manifest.artifact_version.prn manifest.artifact_version.version bundle.prn release.prn release.version release.version_requirement bundle_override source_type"
    .split(" ")
    .map((field) => `expand%5B%5D=${field}`)
    .join("&");

interface Rate {
  /** Polls a second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
}

/**
 * Polls of many devices behind a proxy, by wrk, against a route of bare Fastify that gets the same requests and returns the
 * same JSON. Their certificates are as long as real ones; that theirs is no X.509 nobody looks at: they are known.
 */
export async function benchPolls(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "peridio-polls-"));
  const port = await freePort();
  const server = await startTestServer({
    PERIDIO_DEVICE_PORT: String(port),
    PERIDIO_LOG_LEVEL: "warn",
    PERIDIO_DEVICE_RATE_LIMIT: "1000000000",
    PERIDIO_DEVICE_CERT_HEADER: "client-cert",
    PERIDIO_TRUSTED_PROXIES: "loopback",
  });
  const url = `http://127.0.0.1:${port}/update?${query}`;
  const channel = await makeChannel(server);
  const kinds = [
    { what: "up to date", release: channel.newest, least: 0.5 },
    { what: "with an update", release: channel.first, least: 0.25 },
  ];
  const seen = new Map<string, Rate[]>();
  const figures: Figure[] = [];
  let filled = 0;
  for (const size of sizes) {
    fill(server, channel, filled, size);
    filled = size;
    for (const { what, release, least } of kinds) {
      keep(server, release);
      const script = join(directory, "poll.lua");
      await writeFile(script, pollScript(size, release));
      const answer = await onePoll(url, release);
      if (answer.status !== (what === "up to date" ? "no_update" : "update")) throw new Error(JSON.stringify(answer));
      const { ratio, ours, bare } = await compare(url, script, JSON.stringify(answer));
      seen.set(what, [...(seen.get(what) ?? []), ours]);
      figures.push(
        { what: `${size} devices, ${what}: bare Fastify route`, value: `${Math.round(bare.rate)} /s` },
        { what: `${size} devices, ${what}: polls`, value: `${Math.round(ours.rate)} /s` },
        {
          what: `${size} devices, ${what}: ours / bare (median of rounds)`,
          value: `${ratio.toFixed(2)} x`,
          target: `at least ${least} x`,
          met: ratio >= least,
        },
      );
    }
  }
  for (const [what, rates] of seen) {
    const growth = rates.at(-1)!.p99 / rates[0]!.p99;
    figures.push({
      what: `p99, ${what}, ${sizes.join(" → ")} devices`,
      value: `${rates.map(({ p99 }) => p99.toFixed(1)).join(" → ")} ms`,
      target: "at most 2 x",
      met: growth <= 2,
    });
  }
  await server.stop();
  await rm(directory, { recursive: true, force: true });
  return figures;
}

interface Channel {
  organization: string;
  product: string;
  cohort: string;
  first: string;
  newest: string;
}

const idOf = (prn: string): string => prn.split(":").at(-1)!;

async function makeChannel(server: TestServer): Promise<Channel> {
  const api = callApi(server.url);
  const signer = await makeSigner(api);
  const { product, cohort } = await makeCohort(api);
  const release = async (version: string) =>
    (await makeRelease(api, cohort, await makeBundle(api, [await signedBinary(server, api, signer)]), { version })).prn;
  const [first, newest] = [await release("1.0.0"), await release("2.0.0")];
  return { organization: first.split(":")[2]!, product, cohort, first, newest };
}

/** Devices `from` to `to`, past the API: each with a certificate, and a claim of the newest release. */
function fill(server: TestServer, channel: Channel, from: number, to: number): void {
  const database = new DatabaseSync(join(server.dataDirectory, "peridio.db"), { timeout: 60_000 });
  // That they are here is news to nobody: what is measured is the poll alone.
  const seen = "2099-01-01T00:00:00.000000Z";
  const long = "2026-01-01T00:00:00.000000Z";
  const { organization } = channel;
  const device = database.prepare(
    `insert into devices (organization_id, id, product_id, cohort_id, identifier, quarantined, last_connected_at,
       reported_release_prn, inserted_at, updated_at) values (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
  );
  const certificate = database.prepare(
    `insert into device_certificates (organization_id, id, device_id, certificate, fingerprint, serial, not_before, not_after,
       inserted_at, updated_at) values (?, ?, ?, '', ?, '1', ?, ?, ?, ?)`,
  );
  const claim = database.prepare(
    `insert into release_claims (organization_id, id, release_id, device_id, state, inserted_at, updated_at)
       values (?, ?, ?, ?, 'claimed', ?, ?)`,
  );
  for (let start = from; start < to; start += 10_000) {
    database.exec("begin immediate");
    for (let n = start; n < Math.min(start + 10_000, to); n++) {
      const id = `00000000-0000-7000-8000-${String(n).padStart(digits, "0")}`;
      device.run(
        ...[organization, id, idOf(channel.product), idOf(channel.cohort), `SN-${n}`],
        ...[seen, channel.newest, long, long],
      );
      const der = Buffer.from(commonBytes + String(n).padStart(digits, "0"), "base64");
      const fingerprint = createHash("sha256").update(der).digest("hex").toUpperCase();
      certificate.run(organization, id, id, fingerprint, long, seen, long, long);
      claim.run(organization, id, idOf(channel.newest), id, long, long);
    }
    database.exec("commit");
  }
  database.prepare("update cohorts set device_count = ? where id = ?").run(to, idOf(channel.cohort));
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
}

/** Every device said last that it runs this release: to say so again is no news. */
function keep(server: TestServer, release: string): void {
  const database = new DatabaseSync(join(server.dataDirectory, "peridio.db"), { timeout: 60_000 });
  database.prepare("update devices set reported_release_prn = ?").run(release);
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
}

/** Every request as another device, at random, which says that it runs this release. */
function pollScript(size: number, release: string): string {
  return `math.randomseed(os.time())
request = function()
  local n = string.format("%0${digits}d", math.random(0, ${size - 1}))
  return wrk.format("GET", nil, { ["client-cert"] = ":${commonBytes}" .. n .. ":", ["user-agent"] = "peridiod/3.4.1",
    ["peridio-release-prn"] = "${release}" })
end`;
}

async function onePoll(url: string, release: string): Promise<{ status: string }> {
  const headers = {
    "client-cert": `:${commonBytes}${"0".padStart(digits, "0")}:`,
    "user-agent": "peridiod/3.4.1",
    "peridio-release-prn": release,
  };
  return (await fetch(url, { headers })).json() as Promise<{ status: string }>;
}

async function compare(url: string, script: string, json: string) {
  const port = await freePort();
  const bare = background(process.execPath, [bareRoute, String(port), json]);
  const reference = `http://127.0.0.1:${port}/binaries/x?${query}`;
  await untilAnswers(reference);
  const rates = { bare: [] as Rate[], ours: [] as Rate[] };
  // The first of each only warms up.
  for (let round = 0; round <= rounds; round++) {
    const pair = { bare: await wrk(reference, script), ours: await wrk(url, script) };
    if (round === 0) continue;
    rates.bare.push(pair.bare);
    rates.ours.push(pair.ours);
  }
  await bare.stop();
  const ratio = median(rates.ours.map(({ rate }, round) => rate / rates.bare[round]!.rate));
  return { ratio, bare: typical(rates.bare), ours: typical(rates.ours) };
}

function typical(rates: Rate[]): Rate {
  return { rate: median(rates.map(({ rate }) => rate)), p99: median(rates.map(({ p99 }) => p99)) };
}

async function wrk(url: string, script: string): Promise<Rate> {
  const { output } = await run("wrk", ["-t1", "-c64", "-d4s", "--latency", "-s", script, url]);
  if (/Non-2xx/.test(output)) throw new Error(`${url} answered errors:\n${output}`);
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(output) ?? [];
  const scale = { us: 0.001, ms: 1, s: 1000 }[unit as "us" | "ms" | "s"];
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]), p99: Number(value) * scale };
}
