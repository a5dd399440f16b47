import { readFileSync } from "node:fs";
import {
  type DeviceEvent,
  type DeviceOptions,
  deviceDefaults,
  makeTrust,
  parseTrustedKeys,
  readState,
  runDevice,
  runDeviceOnce,
  type Trust,
} from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { badConfiguration, exitCodes, Failure, usage } from "../exit.ts";
import { interruption } from "../interrupt.ts";
import { print, write } from "../output.ts";
import { integer, requireAll, required, text } from "../values.ts";

export function referenceDeviceCommands(program: Command): void {
  const device = group(program, "device", "Be a device: ask what to run, bring it, prove it, install it");

  leaf(
    device,
    "run",
    "Poll for updates and install them, until it is stopped",
    "peridio device run --url https://device.example.com --certificate device.crt --private-key device.key --trusted-signing-keys release.pem --state-directory /var/lib/peridio-device",
    runCommand,
  )
    .option("--url <url>", "address of the device API (PERIDIO_DEVICE_API_URL); --ca-path names its authority")
    .option("--certificate <file>", "the device's certificate, PEM")
    .option("--private-key <file>", "its private key, PEM")
    .option(
      "--trusted-signing-keys <keys...>",
      "files of public keys, or base64 of raw Ed25519 keys; no other is believed",
    )
    .option("--trusted-signing-key-threshold <number>", "how many of them must have signed a binary; default: 1")
    .option("--target <targets...>", "targets to install, beside universal and portable; default: all")
    .option("--state-directory <path>", "where it keeps what runs, what comes, and the link 'current'")
    .option("--initial-version <version>", "the version that it came with, told until it has installed a release")
    .option("--poll-interval <seconds>", `between two polls; default: ${deviceDefaults.pollInterval / 1000}`)
    .option("--jitter <percent>", `by how much each of these pauses varies; default: ${deviceDefaults.jitter * 100}`)
    .option("--install-hook <command>", "a line for the shell that installs one binary; default: a file in the slot")
    .option("--activate-hook <command>", "run when 'current' has changed: restarts what runs, or reboots")
    .option("--health-hook <command>", "fails when what runs now isn't well: then the device goes back")
    .option("--hook-timeout <seconds>", `what a hook may take; default: ${deviceDefaults.hookTimeout / 1000}`)
    .option("--region <name>", "where it is: the server puts the links of near origins first")
    .option("--concurrency <number>", `ranges of a download at once; default: ${deviceDefaults.concurrency}`)
    .option("--chunk-size <bytes>", `of a range; default: ${deviceDefaults.chunkBytes}`)
    .option("--no-deltas", "fetch all content whole, also where a part of it would do")
    .option("--rate-limit <bytes>", "a second, for downloads; default: none")
    .option("--allow-downgrade", "also go back to older releases that don't say that this is meant")
    .option("--retry-failed", "forget that an update failed here, and try it again")
    .option("--once", "ask once, do what is offered, and end: with 1 when it failed or was rolled back");

  leaf(
    device,
    "status",
    "Show what a device runs, what it is about to change, and what failed",
    "peridio device status --state-directory /var/lib/peridio-device",
    async (options) => {
      const { running, update, failure, reports, release_version } = await readState(
        required(options, "stateDirectory"),
      );
      const device = { running, update, failure, unsent_reports: reports, release_version };
      print({ device }, options.output);
    },
  ).option("--state-directory <path>", "of the device");
}

async function runCommand(options: Options): Promise<void> {
  const device = readOptions(options);
  const signal = interruption("run the same command again to go on where it stopped");
  if (options.once !== true) {
    await runDevice(device, signal).catch((error: unknown) => {
      // Whoever asks a service to stop sees it end well.
      if (!signal.aborted) throw error;
    });
    return;
  }
  const outcome = await runDeviceOnce(device, signal);
  if (outcome === "failed" || outcome === "rolled_back") {
    throw new Failure(exitCodes.refused, `the update ${outcome === "failed" ? "failed" : "was rolled back"}`);
  }
}

function readOptions(options: Options): DeviceOptions {
  const url = text(options, "url") || process.env.PERIDIO_DEVICE_API_URL;
  if (!url) throw usage("--url is needed, or PERIDIO_DEVICE_API_URL");
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw usage(`--url must look like https://device.example.com; got '${url}'`);
  }
  requireAll(options, "stateDirectory");
  const ca = text(options, "caPath") || process.env.PERIDIO_CA_PATH;
  return {
    url,
    directory: required(options, "stateDirectory"),
    trust: readTrust(options),
    ...readIdentity(options),
    ...(ca && { ca: readText(ca) }),
    ...withValue("targets", options.target as string[] | undefined),
    ...withValue("initialVersion", text(options, "initialVersion")),
    ...withValue("pollInterval", positive(options, "pollInterval", 1000)),
    ...withValue("jitter", percent(options)),
    ...withValue("installHook", text(options, "installHook")),
    ...withValue("activateHook", text(options, "activateHook")),
    ...withValue("healthHook", text(options, "healthHook")),
    ...withValue("hookTimeout", positive(options, "hookTimeout", 1000)),
    ...withValue("region", text(options, "region")),
    ...withValue("concurrency", positive(options, "concurrency")),
    ...withValue("chunkBytes", positive(options, "chunkSize")),
    ...withValue("rateLimit", positive(options, "rateLimit")),
    deltas: options.deltas !== false,
    allowDowngrade: options.allowDowngrade === true,
    retryFailed: options.retryFailed === true,
    onEvent: (event) => tellEvent(event, options.output === "json"),
  };
}

function withValue<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}

/** @param unit what the number is multiplied with */
function positive(options: Options, name: string, unit = 1): number | undefined {
  const value = integer(options, name);
  if (value === 0)
    throw usage(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} must be at least 1`);
  return value === undefined ? undefined : value * unit;
}

function percent(options: Options): number | undefined {
  const value = integer(options, "jitter");
  if (value !== undefined && value > 100) throw usage(`--jitter must be between 0 and 100; got '${value}'`);
  return value === undefined ? undefined : value / 100;
}

function readIdentity(options: Options): Pick<DeviceOptions, "identity"> {
  const [certificate, key] = [text(options, "certificate"), text(options, "privateKey")];
  if (certificate === undefined && key === undefined) return {};
  requireAll(options, "certificate", "privateKey");
  return { identity: { certificate: readText(certificate!), key: readText(key!) } };
}

/** Each word is a file where there is one, else a key. @throws Failure 2 or 65 */
function readTrust(options: Options): Trust {
  const words = (options.trustedSigningKeys as string[] | undefined) ?? [];
  if (words.length === 0) throw usage("--trusted-signing-keys is needed: without any, nothing could be installed");
  try {
    const keys = words.flatMap((word) => parseTrustedKeys(isKey(word) ? word : readText(word)));
    return makeTrust(keys, integer(options, "trustedSigningKeyThreshold") ?? 1);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw usage(`--trusted-signing-keys: ${(error as Error).message}`);
  }
}

function isKey(word: string): boolean {
  return word.startsWith("-----BEGIN") || /^[A-Za-z0-9+/]{43}=$/.test(word);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw badConfiguration(`${path} can't be read: ${(error as Error).message}`);
  }
}

function tellEvent(event: DeviceEvent, asJson: boolean): void {
  const at = new Date().toISOString();
  write(asJson ? JSON.stringify({ at, ...event }) : `${at} ${event.event.replaceAll("_", " ")}: ${event.message}`);
}
