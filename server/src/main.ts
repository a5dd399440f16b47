import closeWithGrace from "close-with-grace";
import { foundOrganization } from "./accounts/first-start.ts";
import { addLinkKey, retireLinkKeys } from "./accounts/link-keys.ts";
import { setLimits } from "./accounts/set-limits.ts";
import { type Config, describeSettings, readConfig } from "./config.ts";
import { systemClock } from "./platform.ts";
import { openStorage, startServer } from "./start.ts";

const help = `Usage: peridio-server [command]

Commands:
  serve                         Serve the API (the default)
  organizations create NAME     Add an organization and print its first API key, once
  organizations limit PRN NAME=VALUE...
                                Set what an organization may use: stored-bytes, binaries, part-size (bytes),
                                monthly-download-bytes; a value is a number, 'none', or 'default' for the setting
  link-keys rotate              Add a key that signs download and upload links from the next start on;
                                links that older keys signed go on working
  link-keys retire              Forget all but the newest key: links that older ones signed stop working

Settings (environment variables):
${describeSettings()}

Example:
  PERIDIO_PORT=4100 PERIDIO_DATA_DIR=/var/lib/peridio npm start`;

/** Milliseconds that running transfers have to end after the first signal. */
const drainTime = 30_000;

async function serveUntilStopped(config: Config): Promise<void> {
  const server = await startServer(config);
  closeWithGrace({ delay: drainTime, logger: server.app.log }, async ({ err }) => {
    if (err) server.app.log.error({ err }, "stopping because of an error");
    await server.stop();
  });
  // Kept out of the log: a key belongs to whoever sees the terminal, not to whoever reads the logs.
  if (server.founded) {
    const key = config.bootstrapApiKey === "" ? server.founded.apiKey : "(the value of PERIDIO_BOOTSTRAP_API_KEY)";
    process.stderr.write(
      `\n  First start. An organization was made:\n\n    organization  ${server.founded.prn}\n` +
        `    API key       ${key}\n    API pages     ${server.address}/docs\n\n` +
        "  The key is shown this once. Keep it: export PERIDIO_API_KEY=...\n\n",
    );
  }
}

async function run(words: string[]): Promise<void> {
  const command = words.slice(0, 2).join(" ");
  if (words.includes("--help") || words.includes("-h") || command === "help") return print(help);
  const config = readConfig(process.env);
  if (command === "" || command === "serve") return serveUntilStopped(config);
  if (command === "organizations create" && words.length === 3) return createOrganization(config, words[2]!);
  if (command === "organizations limit" && words.length > 3) return limit(config, words[2]!, words.slice(3));
  if (command === "link-keys rotate") return rotateLinkKeys(config);
  if (command === "link-keys retire") return forgetLinkKeys(config);
  throw new Error(`there is no command '${words.join(" ")}'; see --help`);
}

async function createOrganization(config: Config, name: string): Promise<void> {
  const { db } = await openStorage(config);
  const { prn, apiKey } = await foundOrganization(db, systemClock, name, "");
  await db.destroy();
  print(JSON.stringify({ organization_prn: prn, api_key: apiKey }));
}

async function limit(config: Config, prn: string, assignments: string[]): Promise<void> {
  const { db } = await openStorage(config);
  const limits = await setLimits(db, systemClock, prn, assignments).finally(() => db.destroy());
  print(JSON.stringify(limits));
}

async function rotateLinkKeys(config: Config): Promise<void> {
  const { db, secretKey } = await openStorage(config);
  const { id } = await addLinkKey(db, secretKey, systemClock);
  await db.destroy();
  print(`Link key ${id} signs from the next start on.`);
}

async function forgetLinkKeys(config: Config): Promise<void> {
  const { db } = await openStorage(config);
  const forgotten = await retireLinkKeys(db);
  await db.destroy();
  print(`${forgotten} older link keys are forgotten from the next start on.`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

run(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`peridio-server: ${error.message}\n`);
  process.exitCode = 1;
});
