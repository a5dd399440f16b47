import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readConfig } from "../../config.ts";
import { openFilesystemStore } from "../../content/filesystem.ts";
import type { Kept } from "../../content/kept.ts";
import type { Stores } from "../../stores/stores.ts";
import type { Downloadable } from "../download-link.ts";
import { openOrigins } from "./open.ts";

const kept = { frames: null } as Kept;
const inOwnStore = { storeId: null, kept } as Downloadable;
const inAnother = { storeId: "0190b1c2-7d3e-7f00-8000-000000000009", kept } as Downloadable;
const compressed = { storeId: null, kept: { ...kept, frames: { size: 1, hash: "" } } } as Downloadable;

it.each<[string, string[], string[], string[]]>([
  ["this server alone", ["server"], ["server"], ["server"]],
  ["a CDN before the server's own store; of others this server sends", ["hmac"], ["hmac"], ["server"]],
  ["a CDN and this server", ["hmac", "server"], ["hmac", "server"], ["server"]],
])("%s", async (_what, kinds, own, others) => {
  const folder = mkdtempSync(join(tmpdir(), "origins-"));
  try {
    writeFileSync(join(folder, "secret"), "s".repeat(32));
    const nginx = `kind = "hmac"\ndialect = "nginx"\nurl = "https://cdn.example.com"\nsecret_file = "secret"\n`;
    const tables = kinds.map(
      (kind) => `[[origin]]\nname = "${kind}"\n${kind === "hmac" ? nginx : 'kind = "server"\n'}`,
    );
    const file = join(folder, "origins.toml");
    writeFileSync(file, tables.join("\n"));
    const stores = { own: openFilesystemStore(folder) } as unknown as Stores;
    const origins = await openOrigins(readConfig({ PERIDIO_ORIGINS: file }), stores);
    const holding = (content: Downloadable) => origins.filter((one) => one.holds(content)).map(({ name }) => name);
    expect(holding(inOwnStore)).toEqual(own);
    expect(holding(inAnother)).toEqual(others);
    expect(holding(compressed)).toEqual(["server"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
