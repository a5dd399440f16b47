import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { both, quoted, searchFor } from "../console/src/api/search-text.ts";
import { callApi, makeBinary } from "../e2e/api.ts";
import { startTestServer } from "../e2e/server.ts";
import { startBackend } from "../e2e/support/backend.ts";
import { type Figure, median } from "./figures.ts";
import { fillBinaries, versionOf } from "./fill.ts";

const binaries = 1_000_000;
const requests = 100;
/** Milliseconds that a page may take. */
const allowed = 200;
/** Rows a page, as the console's table asks for them. */
const pageSize = 25;

/** What the console's table of binaries asks for, of 10⁶ of them on SQLite: median and 99th percentile. */
export async function benchConsoleTable(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "peridio-table-"));
  const running = await startBackend("sqlite+files", directory);
  const settings = { PERIDIO_LOG_LEVEL: "warn", PERIDIO_RATE_LIMIT: "1000000000" };
  const server = await startTestServer(settings, { backend: running });
  try {
    const api = callApi(server.url);
    const organization = (await makeBinary(api, Buffer.from("first"))).split(":")[2]!;
    fillBinaries(server, organization, 0, binaries);
    // Filling takes so long that the server has closed the connection, which only the next request finds out.
    await api("GET", "/users/me").catch(() => null);
    const ask = async (query: Record<string, string>) => {
      const words = new URLSearchParams({ ...query, limit: String(pageSize) });
      const { status, body } = await api("GET", `/binaries?${words}`);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body as { binaries: unknown[]; next_page: string | null };
    };
    const search = (text: string) => ({ search: text });
    const version = `artifact_version_prn:${quoted(`prn:1:${organization}:artifact_version:${versionOf(binaries / 2)}`)}`;
    const questions: [string, Record<string, string>][] = [
      ["first page", {}],
      ["first page, the oldest first", { order: "asc" }],
      ["page in the middle, by its cursor", { page: await cursorAt(ask, binaries / 2) }],
      ["last page, by its cursor", { page: await lastCursor(ask) }],
      ["state: signed, which most are", search("state:'signed'")],
      ["state: uploadable, which one in 1,000 is", search("state:'uploadable'")],
      ["words: a target that one in 100 has", search(searchFor("arm-77", "target"))],
      ["words: a target that none has", search(searchFor("riscv", "target"))],
      ["one artifact version", search(version)],
      ["one artifact version, and a state", search(both(version, "state:'signed'")!)],
    ];
    const figures: Figure[] = [];
    for (const [what, query] of questions) {
      const times: number[] = [];
      for (let at = 0; at < requests; at++) {
        const begun = performance.now();
        await ask(query);
        times.push(performance.now() - begun);
        // Of what takes so long a few tell enough.
        if (at >= 20 && times.reduce((sum, time) => sum + time, 0) > 10_000) break;
      }
      const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
      figures.push({
        what,
        value: `${median(times).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
        target: `under ${allowed} ms`,
        met: p99 < allowed,
      });
    }
    return figures;
  } finally {
    await server.stop();
    await running.remove();
    await rm(directory, { recursive: true, force: true });
  }
}

type Ask = (query: Record<string, string>) => Promise<{ binaries: unknown[]; next_page: string | null }>;

/** A cursor is where the page before ended: order, time and id. One that is about there serves as well as one that was told. */
async function cursorAt(ask: Ask, left: number): Promise<string> {
  const { next_page } = await ask({});
  const [order, , id] = JSON.parse(Buffer.from(next_page!, "base64url").toString()) as [string, string, string];
  const at = new Date(Date.parse("2026-01-01T00:00:00Z") + left * 31_000).toISOString().replace("Z", "000Z");
  return Buffer.from(JSON.stringify([order, at, id])).toString("base64url");
}

/** Goes on page by page from near the end, to the cursor that leads to the last page. */
async function lastCursor(ask: Ask): Promise<string> {
  for (let page = await cursorAt(ask, 10 * pageSize); ; ) {
    const { next_page } = await ask({ page });
    if (next_page === null) return page;
    page = next_page;
  }
}
