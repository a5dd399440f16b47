import { fileURLToPath } from "node:url";
import { callApi, makeBinary } from "../e2e/api.ts";
import { freePort } from "../e2e/free-port.ts";
import { apiKey, type TestServer } from "../e2e/server.ts";
import { type Figure, median } from "./figures.ts";
import { background, run, untilAnswers } from "./programs.ts";

const rounds = 5;
const bareRoute = fileURLToPath(new URL("./bare-route.ts", import.meta.url));

/** `GET /binaries/{prn}` with its key, against a route of bare Fastify that returns the same JSON; wrk, in turn. */
export async function benchRead({ server }: { server: TestServer }): Promise<Figure[]> {
  const api = callApi(server.url);
  const prn = await makeBinary(api, Buffer.from("a small binary"));
  const { body } = await api("GET", `/binaries/${prn}`);
  const port = await freePort();
  const bare = background(process.execPath, [bareRoute, String(port), JSON.stringify(body)]);
  const reference = `http://127.0.0.1:${port}/binaries/${prn}`;
  await untilAnswers(reference);
  const rates = { bare: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    rates.bare.push(await rate(reference));
    rates.ours.push(await rate(`${server.url}/binaries/${prn}`));
  }
  await bare.stop();
  const ratio = median(rates.ours.map((ours, round) => ours / rates.bare[round]!));
  return [
    { what: "bare Fastify route (median)", value: `${Math.round(median(rates.bare))} /s` },
    { what: "GET /binaries/{prn} (median)", value: `${Math.round(median(rates.ours))} /s` },
    {
      what: "ours / bare (median of rounds)",
      value: `${ratio.toFixed(2)} x`,
      target: "at least 0.55 x",
      met: ratio >= 0.55,
    },
  ];
}

/** Requests a second. */
async function rate(url: string): Promise<number> {
  const args = ["-t1", "-c64", "-d4s", "-H", `authorization: Bearer ${apiKey}`, url];
  const { output } = await run("wrk", args);
  if (/Non-2xx/.test(output)) throw new Error(`${url} answered errors:\n${output}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]);
}
