/**
 * `npm run bench`: how fast, as ratios against references that ran in turn on the same machine. `npm run bench -- upload`
 * runs one of: upload, download, read, lists, console-table, s3, polls, slow-downloads, fleet (of BENCH_DEVICES, 10,000 by
 * default), compressed, backup (of BENCH_BACKUP_GIB that are there already, 50 by default, as sparse files).
 * BENCH_MIB sets the size of the file, 1024 by default.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "../e2e/server.ts";
import { benchBackup } from "./backup.ts";
import { benchCompressed } from "./compressed.ts";
import { benchConsoleTable } from "./console-table.ts";
import { benchDownload } from "./download.ts";
import { printFigures } from "./figures.ts";
import { randomFile } from "./files.ts";
import { benchFleet } from "./fleet.ts";
import { benchLists } from "./lists.ts";
import { benchPolls } from "./polls.ts";
import { benchRead } from "./read.ts";
import { benchS3 } from "./s3.ts";
import { benchSlowDownloads } from "./slow-downloads.ts";
import { benchUpload } from "./upload.ts";

const wanted = process.argv.slice(2);
const benches = {
  upload: benchUpload,
  download: benchDownload,
  read: benchRead,
  lists: benchLists,
  "console-table": benchConsoleTable,
  s3: benchS3,
  polls: benchPolls,
  "slow-downloads": benchSlowDownloads,
  fleet: benchFleet,
  compressed: benchCompressed,
  backup: benchBackup,
};
const mebibytes = Number(process.env.BENCH_MIB ?? 1024);

const directory = await mkdtemp(join(tmpdir(), "peridio-bench-"));
// A rate that nobody reaches, not none: users pay for the counting, so the figures do, too.
const server = await startTestServer({ PERIDIO_LOG_LEVEL: "warn", PERIDIO_RATE_LIMIT: "1000000000" });
try {
  const file = await randomFile(join(directory, "content.bin"), mebibytes);
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    printFigures(name, await bench({ server, directory, file }));
  }
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
