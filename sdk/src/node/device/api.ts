import { errorOf } from "../../api-error.ts";
import { ownSignal } from "../../own-signal.ts";
import type { Device } from "./device.ts";
import { heldContent } from "./held.ts";
import { type Answer, expansions, readAnswer } from "./offer.ts";
import { patchAlgorithms } from "./patch.ts";
import type { DeviceState, PendingReport } from "./state.ts";

/** What the device says of itself with each call; of a release all three, of an override the bundle alone. */
function reportedHeaders(
  { running }: Pick<DeviceState, "running">,
  initialVersion: string | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (running === null) {
    if (initialVersion !== undefined) headers["peridio-release-version"] = initialVersion;
    return headers;
  }
  headers["peridio-bundle-prn"] = running.bundle_prn;
  if (running.release_prn !== null) headers["peridio-release-prn"] = running.release_prn;
  if (running.release_version !== null) headers["peridio-release-version"] = running.release_version;
  return headers;
}

/** What deltas may begin with, and be of; nothing where there is nothing to begin with, or no program. */
async function holdingHeaders({ options, state }: Device): Promise<Record<string, string>> {
  const algorithms = options.deltas === false ? [] : patchAlgorithms();
  const held = algorithms.length === 0 ? [] : await heldContent(options.directory, state);
  if (held.length === 0) return {};
  return {
    "peridio-holds": held.map(({ hash }) => hash).join(", "),
    "peridio-delta-algorithms": algorithms.join(", "),
  };
}

/** An error of the device API, with what it said of when to come back. */
export class PollError extends Error {
  /** Milliseconds; null where nothing was said. */
  readonly retryAfter: number | null;

  constructor(message: string, retryAfter: number | null) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** The answer to the last poll that had nothing to offer: the same one again costs neither side anything. */
interface Remembered {
  etag: string;
  asked: string;
  answer: Answer;
}

/** Asks the device API what to run. */
export function makePoll(device: Device): () => Promise<Answer> {
  const query = expansions.map((name) => `expand[]=${name}`).join("&");
  let remembered: Remembered | null = null;
  return async () => {
    const { initialVersion, region } = device.options;
    const headers = {
      ...reportedHeaders(device.state, initialVersion),
      ...(region !== undefined && { "peridio-region": region }),
      ...(await holdingHeaders(device)),
    };
    const asked = JSON.stringify(headers);
    const known = remembered?.asked === asked ? remembered : null;
    const response = await callDeviceApi(device, "GET", `/update?${encodeURI(query)}`, {
      ...headers,
      ...(known !== null && { "if-none-match": known.etag }),
    });
    if (response.status === 304 && known !== null) return known.answer;
    const answer = readAnswer(await response.json());
    const etag = response.headers.get("etag");
    // Links age, so an offer is always asked for anew.
    remembered = etag !== null && answer.status !== "update" ? { etag, asked, answer } : null;
    return answer;
  };
}

/** Sends what the server doesn't know yet, oldest first. What it refuses is dropped: it will never take it. */
export async function sendReports(device: Device): Promise<void> {
  for (let [report] = device.state.reports; report; [report] = device.state.reports) {
    const sent = report;
    const headers = {
      ...reportedHeaders(device.state, device.options.initialVersion),
      "content-type": "application/json",
    };
    try {
      const answer = await callDeviceApi(device, "POST", "/update/report", headers, JSON.stringify(sent));
      await answer.body?.cancel();
    } catch (error) {
      if (!(error instanceof RefusedReport)) throw error;
      device.tell("retrying", `the report '${sent.state}' was refused: ${error.message}`);
    }
    await device.save({ reports: device.state.reports.filter((pending) => pending !== sent) });
  }
}

/** The reports with one more; it takes the place of an unsent one of the same update. */
export function withReport(reports: PendingReport[], report: PendingReport): PendingReport[] {
  const detail = report.detail?.slice(0, 1024) ?? null;
  return [...reports.filter(({ bundle_prn }) => bundle_prn !== report.bundle_prn), { ...report, detail }];
}

class RefusedReport extends Error {}

async function callDeviceApi(
  device: Device,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Response> {
  const url = device.options.url.replace(/\/+$/, "") + path;
  return await ownSignal(device.signal, async (signal) => {
    const answer = await device.api.fetch(
      new Request(url, { method, headers, signal, ...(body !== undefined && { body }) }),
    );
    if (answer.ok || answer.status === 304) return answer;
    const error = await errorOf(answer);
    const message = `the device API answered ${answer.status}: ${error.message}`;
    if (method === "POST" && [400, 404, 409, 413, 422].includes(answer.status)) throw new RefusedReport(message);
    const asked = Number(answer.headers.get("retry-after") ?? Number.NaN) * 1000;
    throw new PollError(message, Number.isNaN(asked) ? null : asked);
  });
}
