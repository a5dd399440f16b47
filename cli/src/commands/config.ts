import { join } from "node:path";
import type { Command } from "commander";
import { ask } from "../ask.ts";
import { group, leaf } from "../command.ts";
import {
  type ConfigFile,
  isVersion1,
  type Profile,
  readConfigFile,
  readCredentials,
  readJson,
  writeJson,
} from "../config/files.ts";
import { configDirectory } from "../config/settings.ts";
import { badConfiguration, usage } from "../exit.ts";
import { print, tell, write } from "../output.ts";
import { given, text } from "../values.ts";

export function configCommands(program: Command): void {
  const config = group(program, "config", "The configuration of this CLI");
  const profiles = group(config, "profiles", "Servers and keys under a name");

  leaf(
    profiles,
    "create",
    "Add or replace a profile; the key goes into credentials.json",
    "peridio --api-key $KEY --base-url https://peridio.example.com config profiles create production",
    async (options, command) => {
      const name = command.args[0]!;
      const directory = configDirectory(options);
      const apiKey =
        text(options, "apiKey") ?? process.env.PERIDIO_API_KEY ?? (await askForKey(options.input === false));
      const profile: Profile = given({
        base_url: text(options, "baseUrl"),
        ca_path: text(options, "caPath"),
        api_version: options.apiVersion === undefined ? undefined : Number(options.apiVersion),
      });
      const config = readConfigFile(directory);
      writeJson(directory, "config.json", { ...config, profiles: { ...config.profiles, [name]: profile } });
      writeJson(directory, "credentials.json", { ...readCredentials(directory), [name]: { api_key: apiKey } });
      tell(`Profile '${name}' is in ${directory}. Use it with --profile ${name} or PERIDIO_PROFILE=${name}.`);
    },
  )
    .argument("<name>", "name of the profile")
    .option("--no-input", "never ask; take what options and environment give");

  leaf(profiles, "list", "Show the profiles, without their keys", "peridio config profiles list", async (options) => {
    const { profiles } = readConfigFile(configDirectory(options));
    const rows = Object.entries(profiles).map(([name, profile]) => ({ name, ...profile }));
    if (options.output === undefined || options.output === "json") write(JSON.stringify({ profiles }));
    else print({ profiles: rows, next_page: null }, options.output);
  });

  leaf(
    config,
    "upgrade",
    "Bring a configuration of version 1 to version 2",
    "peridio config upgrade",
    async (options) => {
      const directory = configDirectory(options);
      const old = readJson(join(directory, "config.json"));
      if (old === null) throw badConfiguration(`there is no config.json in ${directory}`);
      if (old.version !== undefined || !isVersion1(old)) {
        tell("The configuration is of version 2 already.");
        return;
      }
      upgrade(directory, old as Record<string, Profile & { api_key?: string }>);
      tell(`Upgraded ${directory}: keys are in credentials.json now.`);
    },
  );
}

function upgrade(directory: string, old: Record<string, Profile & { api_key?: string }>): void {
  const profiles: ConfigFile["profiles"] = {};
  const credentials = readCredentials(directory);
  for (const [name, { api_key, base_url, ca_path }] of Object.entries(old)) {
    profiles[name] = { base_url: base_url ?? null, ca_path: ca_path ?? null, api_version: null };
    if (api_key) credentials[name] = { api_key };
  }
  // The keys first: should the second file fail, the first has lost nothing.
  writeJson(directory, "credentials.json", credentials);
  writeJson(directory, "config.json", { version: 2, profiles });
}

async function askForKey(quiet: boolean): Promise<string> {
  const key = quiet ? null : await ask("API key");
  if (key) return key;
  throw usage("no API key is given; use --api-key before the command, or PERIDIO_API_KEY");
}
