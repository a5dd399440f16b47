/**
 * Bundles the server into `server/dist`: one file, its hashing thread, and what reaches object stores. It starts in half the time and takes 50 MB
 * less memory than from its hundreds of source files. The API pages stay outside: they are loaded when first visited.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const from = (path: string): string => new URL(path, import.meta.url).pathname;

// Chunks of earlier builds have other names. The console's pages are in there too, by a build of their own.
if (existsSync(from("./dist"))) {
  for (const name of readdirSync(from("./dist"))) {
    if (name !== "console") rmSync(join(from("./dist"), name), { recursive: true });
  }
}
await build({
  entryPoints: { main: from("./src/main.ts"), "hash-worker": from("./src/content/hash-worker.ts") },
  outdir: from("./dist"),
  // What only some installations need is loaded when they need it.
  splitting: true,
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // Half of the text is blanks, and stays in memory.
  minifyWhitespace: true,
  sourcemap: "linked",
  logLevel: "warning",
  external: ["@scalar/*"],
  // Some CommonJS dependencies call require() for built-in modules; an ES module has none of its own.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
