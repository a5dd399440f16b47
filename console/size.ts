/** Fails when the script that every page waits for is too large. Run after a build. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes, gzipped, of the entry and all that it imports before anything is shown. */
const limit = 250_000;

const dist = new URL("../server/dist/console/", import.meta.url);

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
const entry = Object.keys(manifest).find((name) => manifest[name]!.isEntry)!;

const reached = new Set<string>();
const reach = (name: string): void => {
  if (reached.has(name)) return;
  reached.add(name);
  for (const next of manifest[name]!.imports ?? []) reach(next);
};
reach(entry);

let total = 0;
for (const name of reached) {
  const { file } = manifest[name]!;
  const size = gzipSync(readFileSync(new URL(file, dist))).length;
  total += size;
  process.stdout.write(`${String(size).padStart(8)}  ${file}\n`);
}
process.stdout.write(`${String(total).padStart(8)}  of ${limit} bytes, gzipped\n`);
if (total > limit) process.exitCode = 1;
