import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Platform } from "../platform.ts";
import type { BackupManifest } from "./back-up.ts";
import { restoreOne } from "./restore.ts";
import { openTarget, type Target } from "./target.ts";

/** Reads `TARGET [--key-file FILE] [--id ID]`. @throws Error that says what is wrong */
export async function readBackupWords(config: Config, words: string[]): Promise<{ target: Target; id?: string }> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { "key-file": { type: "string" }, id: { type: "string" } },
    allowPositionals: true,
  });
  const [address, ...more] = positionals;
  if (address === undefined || more.length > 0) throw new Error("needs one folder, or the address of a store");
  const file = values["key-file"];
  const text = file === undefined ? config.backupKey : readFileSync(file, "utf8").trim();
  if (text !== "" && !/^[0-9a-fA-F]{64}$/.test(text)) {
    throw new Error(`'${file}' must have 64 hex digits in it; make them with \`openssl rand -hex 32\``);
  }
  const target = await openTarget(address, text === "" ? null : Buffer.from(text, "hex"));
  return { target, ...(values.id !== undefined && { id: values.id }) };
}

/** Brings single contents back from where the settings say that backups are; null where they say nothing. */
export function bringBackFrom(
  { backupTarget, backupKey }: Pick<Config, "backupTarget" | "backupKey">,
  platform: Pick<Platform, "db" | "stores" | "log">,
): ((row: BinaryRow) => Promise<boolean>) | null {
  if (backupTarget === "") return null;
  const key = backupKey === "" ? null : Buffer.from(backupKey, "hex");
  return async (row) => {
    try {
      return await restoreOne(platform, await openTarget(backupTarget, key), row);
    } catch (err) {
      platform.log.error({ err, binary: row.id }, "its content can't be brought back: the backup can't be reached");
      return false;
    }
  };
}

/** Makes the backup's secret key this server's. @throws Error when it has another one */
export function adoptSecretKey(config: Config, { secret_key }: BackupManifest): void {
  if (secret_key === null) return;
  const path = join(config.dataDirectory, "secret.key");
  const own = config.secretKey || (existsSync(path) ? readFileSync(path, "utf8").trim() : "");
  if (own === "") writeFileSync(path, `${secret_key}\n`, { mode: 0o600, flag: "wx" });
  else if (own.toLowerCase() !== secret_key) {
    throw new Error("this server has another secret key than the backup; take away secret.key, or set the backup's");
  }
}
