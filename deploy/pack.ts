/**
 * `node deploy/pack.ts DIRECTORY` puts a built server, and nothing else, into a new directory: the bundle and the packages
 * that it loads while it runs. It needs Node and no installation; the container image and the systemd unit run from it.
 */
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What `server/build.ts` leaves out of the bundle. */
const outside = ["@scalar/fastify-api-reference"];

interface Manifest {
  dependencies?: Record<string, string>;
}

/** Where Node finds a package when a file in `from` asks for it. */
function find(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (folder === dirname(folder)) throw new Error(`${name} is not installed; run npm ci first`);
  }
}

/** The folders of these packages and of all that they need. */
function closure(names: string[], from: string, found = new Set<string>()): Set<string> {
  for (const name of names) {
    const folder = find(name, from);
    if (found.has(folder)) continue;
    found.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    closure(Object.keys(dependencies), folder, found);
  }
  return found;
}

function pack(target: string): void {
  if (existsSync(target)) throw new Error(`${target} exists; name a new directory`);
  if (!existsSync(join(root, "server/dist/main.js")))
    throw new Error("there is no server/dist; run npm run build first");
  mkdirSync(target, { recursive: true });
  for (const name of ["LICENSE", "server/package.json", "server/bin", "server/dist"]) {
    cpSync(join(root, name), join(target, name), { recursive: true });
  }
  for (const folder of closure(outside, join(root, "server"))) {
    // What a package has in its own node_modules is in the closure if it is needed.
    const filter = (path: string) => !relative(folder, path).split("/").includes("node_modules");
    cpSync(folder, join(target, relative(root, folder)), { recursive: true, filter });
  }
}

const [target, ...rest] = process.argv.slice(2);
if (target === undefined || rest.length > 0) throw new Error("usage: node deploy/pack.ts DIRECTORY");
pack(target);
