import { readFileSync } from "node:fs";
import { type Client, createClient, nodeTransport } from "@open-peridio/sdk/node";
import { badConfiguration, usage } from "../exit.ts";
import { explain } from "../explain.ts";
import { tell } from "../output.ts";
import {
  type CertificateAuthority,
  type ConfigFile,
  defaultDirectory,
  readConfigFile,
  readCredentials,
  type SigningKeyPair,
} from "./files.ts";

/** The options that stand before the command. */
export interface GlobalOptions {
  apiKey?: string;
  baseUrl?: string;
  caPath?: string;
  apiVersion?: string;
  profile?: string;
  configDirectory?: string;
}

const localServer = "http://127.0.0.1:4000";

export function configDirectory(options: GlobalOptions): string {
  return options.configDirectory || process.env.PERIDIO_CONFIG_DIRECTORY || defaultDirectory();
}

/** Milliseconds to go on trying when the server doesn't answer: a restart, for questions; an outage, for transfers. */
export const patience = { question: 8_000, transfer: 60_000 };

/** A client for the server and key that options, environment and profile name, in this order. @throws Failure 2 or 65 */
export function connect(options: GlobalOptions, total: number = patience.question): Client {
  const environment = process.env;
  const { profile, apiKeyOfProfile } = readProfile(options);
  // An empty variable is what CI makes of a secret that isn't set: it counts as none.
  const apiKey = options.apiKey || environment.PERIDIO_API_KEY || apiKeyOfProfile;
  if (!apiKey) {
    throw usage("no API key is given; set PERIDIO_API_KEY, or use --api-key or --profile");
  }
  const baseUrl = options.baseUrl || environment.PERIDIO_BASE_URL || profile.base_url || localServer;
  const caPath = options.caPath || environment.PERIDIO_CA_PATH || profile.ca_path || undefined;
  const transport = nodeTransport(caPath === undefined ? {} : { ca: readCa(caPath) });
  const version = options.apiVersion || environment.PERIDIO_API_VERSION || profile.api_version || 2;
  const apiVersion = readVersion(version);
  try {
    return createClient({ baseUrl, apiKey, apiVersion, transport, patience: { total, onRetry: tellOnce() } });
  } catch (error) {
    throw badConfiguration(explain(error));
  }
}

/** Says the first time that something goes wrong why nothing seems to happen. */
function tellOnce(): (reason: unknown) => void {
  let isTold = false;
  return (reason) => {
    if (!isTold) tell(`peridio: trying again: ${explain(reason)}`);
    isTold = true;
  };
}

function readProfile(options: GlobalOptions) {
  const name = options.profile || process.env.PERIDIO_PROFILE;
  if (!name) return { profile: {}, apiKeyOfProfile: undefined };
  const directory = configDirectory(options);
  const profile = readConfigFile(directory).profiles[name];
  if (!profile) throw badConfiguration(`there is no profile '${name}' in ${directory}/config.json`);
  return { profile, apiKeyOfProfile: readCredentials(directory)[name]?.api_key };
}

function readVersion(version: string | number): 1 | 2 {
  const number = Number(version);
  if (number === 1 || number === 2) return number;
  throw usage(`the API version must be 1 or 2; got '${version}'`);
}

function readCa(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw badConfiguration(`the certificate authorities can't be read: ${(error as Error).message}`);
  }
}

/** A pair by its name in the configuration. @throws Failure 65 that lists the known names */
export function signingKeyPair(options: GlobalOptions, name: string): SigningKeyPair {
  return named(options, "signing key pair", (config) => config.signing_key_pairs, name);
}

/** An authority by its name in the configuration. @throws Failure 65 that lists the known names */
export function certificateAuthority(options: GlobalOptions, name: string): CertificateAuthority {
  return named(options, "certificate authority", (config) => config.certificate_authorities, name);
}

function named<T>(
  options: GlobalOptions,
  what: string,
  among: (config: ConfigFile) => Record<string, T> | undefined,
  name: string,
): T {
  const directory = configDirectory(options);
  const all = among(readConfigFile(directory)) ?? {};
  const found = all[name];
  if (found) return found;
  const known = Object.keys(all).join(", ") || "none";
  throw badConfiguration(`there is no ${what} '${name}' in ${directory}/config.json; known: ${known}`);
}
