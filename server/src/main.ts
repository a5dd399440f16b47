import closeWithGrace from "close-with-grace";
import type { Kysely } from "kysely";
import { foundOrganization } from "./accounts/first-start.ts";
import { addLinkKey, retireLinkKeys } from "./accounts/link-keys.ts";
import { setLimits } from "./accounts/set-limits.ts";
import { type Config, describeSettings, readConfig } from "./config.ts";
import type { Tables } from "./database/tables.ts";
import { createUser, listOrganizations, listUsers, resetPassword } from "./people/operator.ts";
import { systemClock } from "./platform.ts";
import { openStorage, startServer } from "./start.ts";

const help = `Usage: peridio-server [command]

Commands:
  serve                         Serve the API (the default)
  organizations create NAME     Add an organization and print its first API key, once
  organizations limit PRN NAME=VALUE...
                                Set what an organization may use: stored-bytes, binaries, part-size (bytes),
                                monthly-download-bytes; a value is a number, 'none', or 'default' for the setting
  organizations list            List the organizations of this server
  users create EMAIL ROLE ORGANIZATION_PRN
                                Make a person, or let one into one more organization; prints the password, once.
                                Roles: admin, developer, signer, viewer
  users reset-password EMAIL    Print a new password, once; ends all sessions and the second factor
  users list                    List the people of this server
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
  // Over TLS that signal means: read the certificates anew.
  const renews = config.tlsCert !== "";
  closeWithGrace({ delay: drainTime, logger: server.app.log, skip: renews ? ["SIGHUP"] : [] }, async ({ err }) => {
    if (err) server.app.log.error({ err }, "stopping because of an error");
    await server.stop();
  });
  // Kept out of the log: a key belongs to whoever sees the terminal, not to whoever reads the logs.
  if (server.founded) {
    const key = config.bootstrapApiKey === "" ? server.founded.apiKey : "(the value of PERIDIO_BOOTSTRAP_API_KEY)";
    const { admin } = server.founded;
    const password = admin.password ?? "(the value of PERIDIO_BOOTSTRAP_ADMIN_PASSWORD)";
    process.stderr.write(
      `\n  First start. An organization was made:\n\n    organization  ${server.founded.prn}\n` +
        `    API key       ${key}\n    admin         ${admin.email}\n    password      ${password}\n` +
        `    API pages     ${server.address}/docs\n\n` +
        "  Key and password are shown this once. Keep them: export PERIDIO_API_KEY=...\n\n",
    );
  }
}

async function run(words: string[]): Promise<void> {
  const command = words.slice(0, 2).join(" ");
  if (words.includes("--help") || words.includes("-h") || command === "help") return print(help);
  const config = readConfig(process.env);
  if (command === "" || command === "serve") return serveUntilStopped(config);
  if (command === "organizations create" && words.length === 3) return createOrganization(config, words[2]!);
  if (command === "organizations limit" && words.length > 3) {
    return beside(config, (db) => setLimits(db, systemClock, words[2]!, words.slice(3)));
  }
  if (command === "organizations list") return beside(config, (db) => listOrganizations(db));
  if (command === "users create" && words.length === 5) {
    const [email, role, prn] = words.slice(2) as [string, string, string];
    return beside(config, (db) => createUser(db, systemClock, { email, role, prn }));
  }
  if (command === "users reset-password" && words.length === 3) {
    return beside(config, (db) => resetPassword(db, systemClock, words[2]!));
  }
  if (command === "users list") return beside(config, (db) => listUsers(db));
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

/** Does something with the data beside the running server, and prints what comes of it as JSON. */
async function beside(config: Config, work: (db: Kysely<Tables>) => Promise<unknown>): Promise<void> {
  const { db } = await openStorage(config);
  print(JSON.stringify(await work(db).finally(() => db.destroy())));
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
