import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { badConfiguration } from "../exit.ts";

/** `config.json`, version 2, as the official CLI reads and writes it. */
export interface ConfigFile {
  version: 2;
  profiles: Record<string, Profile>;
  signing_key_pairs?: Record<string, SigningKeyPair>;
  certificate_authorities?: Record<string, CertificateAuthority>;
}

export interface Profile {
  base_url?: string | null;
  ca_path?: string | null;
  api_version?: number | null;
}

export interface SigningKeyPair {
  signing_key_prn: string;
  signing_key_private_path: string;
}

/** Paths of PEM files. */
export interface CertificateAuthority {
  private_key: string;
  certificate: string;
}

/** `credentials.json`: profile → API key. */
export type CredentialsFile = Record<string, { api_key?: string }>;

/** Where the configuration is, by platform. Source: the official CLI. */
export function defaultDirectory(): string {
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Application Support", "peridio");
    case "win32":
      return join(process.env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "peridio", "config");
    default:
      return join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "peridio");
  }
}

/** @throws Failure 65 for a file that can't be read, or of version 1. */
export function readConfigFile(directory: string): ConfigFile {
  const path = join(directory, "config.json");
  const found = readJson(path);
  if (found === null) return { version: 2, profiles: {} };
  if (found.version === undefined && isVersion1(found)) {
    throw badConfiguration(`${path} is of version 1; run 'peridio config upgrade' once`);
  }
  if (typeof found.profiles !== "object" || found.profiles === null) {
    throw badConfiguration(`${path} lacks 'profiles'; it must be {"version": 2, "profiles": {...}}`);
  }
  return found as unknown as ConfigFile;
}

export function readCredentials(directory: string): CredentialsFile {
  return (readJson(join(directory, "credentials.json")) ?? {}) as CredentialsFile;
}

/** A file without `version` that maps names to objects. */
export function isVersion1(file: Record<string, unknown>): boolean {
  return Object.values(file).every((value) => typeof value === "object" && value !== null);
}

/** The file's object; null when there is no file. @throws Failure 65 */
export function readJson(path: string): Record<string, unknown> | null {
  if (!existsSync(path)) return null;
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as unknown;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw badConfiguration(`${path} can't be read: ${(error as Error).message}`);
  }
  throw badConfiguration(`${path} must hold a JSON object`);
}

/** Writes a file of the configuration, readable for its owner only; all of it or nothing. */
export function writeJson(directory: string, name: string, value: unknown): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}
