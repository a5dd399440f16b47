import { ApiError, bodyOf, type Client, call, type components } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { agree } from "../ask.ts";
import { leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { print, tell } from "../output.ts";

type Usage = components["schemas"]["BinaryUsage"];

/** @param prnOf the binary that the options name */
export function usageCommand(binaries: Command, prnOf: (options: Options) => string): Command {
  return leaf(
    binaries,
    "usage",
    "Show what uses a binary: bundles, releases, overrides, and how many devices they reach",
    "peridio binaries usage --prn $BINARY_PRN",
    async (options) => {
      print(await call(connect(options), "GET", `/binaries/${prnOf(options)}/usage`), options.output);
    },
  );
}

/** Says what would be hit, then asks. */
export async function agreeToDestroy(options: Options, prn: string): Promise<void> {
  tell(await consequences(connect(options), prn));
  await agree(`Destroy ${prn}? Its content is deleted for good.`, options.yes === true);
}

async function consequences(client: Client, prn: string): Promise<string> {
  try {
    return sentence((await bodyOf(client.api.GET("/binaries/{prn}/usage", { params: { path: { prn } } }))).usage);
  } catch (error) {
    // A key that may destroy need not be one that may read, and Peridio's own server doesn't tell.
    if (error instanceof ApiError && [403, 404].includes(error.status)) return "What uses the binary can't be seen.";
    throw error;
  }
}

function sentence(usage: Usage): string {
  const { bundle_count, release_count, bundle_override_count, device_count } = usage;
  if (bundle_count === 0) return "No bundle uses the binary.";
  const held = `The binary is in ${count(bundle_count, "bundle")}`;
  if (release_count + bundle_override_count === 0) return `${held}, which no release and no override uses.`;
  const names = [...usage.releases, ...usage.bundle_overrides].slice(0, 5).map(({ name }) => `'${name}'`);
  return (
    `${held}, used by ${count(release_count, "release")} and ${count(bundle_override_count, "override")} ` +
    `(${names.join(", ")}${release_count + bundle_override_count > names.length ? ", …" : ""}), ` +
    `which reach ${count(device_count, "device")}. They serve no update any more once it is destroyed.`
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
