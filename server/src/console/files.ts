import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Encoding, encode } from "./encoding.ts";

/** Beside the built server, where the console's build puts it. */
export const consoleDirectory = fileURLToPath(new URL("./console/", import.meta.url));

/** What a browser needs to know of it, by the end of the file's name. */
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** Those are compressed already. */
const compact = new Set([".png", ".woff2"]);

export interface ConsoleFile {
  type: string;
  content: Buffer;
  /** Stands for the content in its ETag. */
  digest: string;
  /** Whether its name changes with its content. */
  hashed: boolean;
  /** The content in this coding, made once; null where that makes it no smaller. */
  encoded(encoding: Encoding): Promise<Buffer | null>;
}

/**
 * The console's files by their paths below `/console/`, read once: what isn't among them can't be asked for.
 * Null when it isn't built.
 */
export function readConsole(directory: string): ReadonlyMap<string, ConsoleFile> | null {
  if (!existsSync(join(directory, "index.html"))) return null;
  const files = new Map<string, ConsoleFile>();
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const path = join(directory, name);
    if (statSync(path).isFile()) files.set(name.replaceAll(sep, "/"), readFile(path, name.startsWith(`assets${sep}`)));
  }
  return files;
}

function readFile(path: string, hashed: boolean): ConsoleFile {
  const content = readFileSync(path);
  const extension = extname(path);
  const made = new Map<Encoding, Promise<Buffer | null>>();
  return {
    type: types[extension] ?? "application/octet-stream",
    content,
    digest: createHash("sha256").update(content).digest("base64url"),
    hashed,
    encoded(encoding) {
      if (compact.has(extension)) return Promise.resolve(null);
      let smaller = made.get(encoding);
      if (!smaller) {
        smaller = encode(content, encoding).then((bytes) => (bytes.length < content.length ? bytes : null));
        made.set(encoding, smaller);
      }
      return smaller;
    },
  };
}
