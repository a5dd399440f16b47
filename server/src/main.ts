import { existsSync, mkdirSync } from "node:fs";
import closeWithGrace from "close-with-grace";
import { foundOrganization } from "./accounts/first-start.ts";
import { addLinkKey, retireLinkKeys } from "./accounts/link-keys.ts";
import { setLimits } from "./accounts/set-limits.ts";
import { backUp } from "./backup/back-up.ts";
import { adoptSecretKey, readBackupWords } from "./backup/command.ts";
import { findBackup, restore, restoreOne } from "./backup/restore.ts";
import { fsck, readFsckOptions } from "./checking/fsck.ts";
import { type Config, describeSettings, readConfig } from "./config.ts";
import { copyDatabase } from "./database/copy.ts";
import { openDatabase } from "./database/open.ts";
import { createUser, listOrganizations, listUsers, resetPassword } from "./people/operator.ts";
import { systemClock } from "./platform.ts";
import { openContent, openStorage, type Storage, startServer } from "./start.ts";

const help = `Usage: peridio-server [command]

Commands:
  serve                         Serve the API (the default)
  backup TARGET [--key-file FILE]
                                Copy records, as they are at one moment, and the content that isn't there yet to a folder or
                                a store (s3://…, gs://…, azblob://…), beside running servers; with a key, encrypted
  restore TARGET [--key-file FILE] [--id ID]
                                Bring the newest backup, or the named one, into an empty database and its content into the
                                stores, and compare every byte
  copy sqlite:PATH              Copy all records of that database into the one of the settings, and compare every row;
                                begun again, it goes on. Stop the server first; content stays where it is
  fsck [--repair [--backup TARGET]] [--deep] [--rate N] [--grace N]
                                Compare all records with all content, both ways, beside running servers; prints what is
                                wrong, a line each. --deep reads and hashes every byte, at N bytes a second at most;
                                --repair removes what no record has known for N seconds (86400), and asks for lost parts
                                again. Interrupted and begun again, it goes on. Ends with 1 when anything is left wrong
  migrate                       Bring the database to the newest migration and end; 'serve' does so too
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
  link-keys rotate              Add a key that signs download and upload links within a minute, in running servers too;
                                links that older keys signed go on working
  link-keys retire              Forget all but the newest key: links that older ones signed stop working

Settings (environment variables):
${describeSettings()}

Example:
  PERIDIO_PORT=4100 PERIDIO_DATA_DIR=/var/lib/peridio npm start`;

async function serveUntilStopped(config: Config): Promise<void> {
  const server = await startServer(config);
  // Over TLS that signal means: read the certificates anew.
  const renews = config.tlsCert !== "" || config.deviceTlsCert !== "";
  const delay = (config.drainDelay + config.drainTime) * 1000;
  closeWithGrace({ delay, logger: server.app.log, skip: renews ? ["SIGHUP"] : [] }, async ({ err }) => {
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
        `    console       ${server.address}/console/\n    API pages     ${server.address}/docs\n\n` +
        "  Key and password are shown this once. Keep them: export PERIDIO_API_KEY=...\n\n",
    );
  }
}

/** One command: how many words follow its name, and what it does with them. */
interface Command {
  words: (count: number) => boolean;
  run: (config: Config, words: string[]) => Promise<void>;
}

const exactly = (wanted: number) => (count: number) => count === wanted;

const commands: Record<string, Command> = {
  serve: { words: exactly(0), run: serveUntilStopped },
  migrate: { words: exactly(0), run: (config) => beside(config, async ({ migrated }) => migrated) },
  copy: { words: exactly(1), run: (config, [source]) => beside(config, ({ db }) => copyFrom(source!, db)) },
  backup: {
    words: (count) => count > 0,
    run: async (config, words) => {
      const { target } = await readBackupWords(config, words);
      await beside(config, async (storage) => {
        const { secretKey } = storage;
        const result = await backUp({ ...(await openContent(config, storage)), secretKey }, target);
        if (result.missing.length > 0) process.exitCode = 1;
        return result;
      });
    },
  },
  restore: {
    words: (count) => count > 0,
    run: async (config, words) => {
      const { target, id } = await readBackupWords(config, words);
      const manifest = await findBackup(target, id);
      mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
      adoptSecretKey(config, manifest);
      await beside(config, async ({ db, secretKey }) => {
        const open = async (records: Storage["db"]) => (await openContent(config, { db: records, secretKey })).stores;
        const result = await restore(db, systemClock, target, manifest, open);
        if (result.missing.length > 0) process.exitCode = 1;
        return result;
      });
    },
  },
  fsck: {
    words: () => true,
    run: (config, words) => {
      const options = readFsckOptions(words);
      return beside(config, async (storage) => {
        const content = await openContent(config, storage);
        const backup = options.backup === undefined ? null : (await readBackupWords(config, [options.backup])).target;
        const result = await fsck(
          content,
          options,
          (finding) => print(JSON.stringify(finding)),
          async (row) => backup !== null && restoreOne(content, backup, row),
        );
        if (result.left > 0) process.exitCode = 1;
        return result;
      });
    },
  },
  "organizations create": {
    words: exactly(1),
    run: (config, [name]) =>
      beside(config, async ({ db }) => {
        const { prn, apiKey } = await foundOrganization(db, systemClock, name!, "");
        return { organization_prn: prn, api_key: apiKey };
      }),
  },
  "organizations limit": {
    words: (count) => count > 1,
    run: (config, [prn, ...limits]) => beside(config, ({ db }) => setLimits(db, systemClock, prn!, limits)),
  },
  "organizations list": { words: exactly(0), run: (config) => beside(config, ({ db }) => listOrganizations(db)) },
  "users create": {
    words: exactly(3),
    run: (config, words) => {
      const [email, role, prn] = words as [string, string, string];
      return beside(config, ({ db }) => createUser(db, systemClock, { email, role, prn }));
    },
  },
  "users reset-password": {
    words: exactly(1),
    run: (config, [email]) => beside(config, ({ db }) => resetPassword(db, systemClock, email!)),
  },
  "users list": { words: exactly(0), run: (config) => beside(config, ({ db }) => listUsers(db)) },
  "link-keys rotate": {
    words: exactly(0),
    run: (config) =>
      beside(config, async ({ db, secretKey }) => {
        const { id } = await addLinkKey(db, secretKey, systemClock);
        return `Link key ${id} signs within a minute, in running servers too.`;
      }),
  },
  "link-keys retire": {
    words: exactly(0),
    run: (config) =>
      beside(config, async ({ db }) => {
        const forgotten = await retireLinkKeys(db);
        return `${forgotten} older link keys are forgotten, in running servers within ten seconds.`;
      }),
  },
};

async function run(words: string[]): Promise<void> {
  if (words.includes("--help") || words.includes("-h") || words[0] === "help") return print(help);
  const given = words.length === 0 ? ["serve"] : words;
  const named = Object.entries(commands).find(([name]) => `${given.join(" ")} `.startsWith(`${name} `));
  if (!named) throw new Error(`there is no command '${words.join(" ")}'; see --help`);
  const [name, command] = named;
  const rest = given.slice(name.split(" ").length);
  if (!command.words(rest.length)) throw new Error(`'${name}' can't be done with '${rest.join(" ")}'; see --help`);
  return command.run(readConfig(process.env), rest);
}

/** Does something with the data beside the running server, and prints what comes of it: a sentence, or JSON. */
async function beside(config: Config, work: (storage: Storage) => Promise<unknown>): Promise<void> {
  const storage = await openStorage(config);
  const result = await work(storage).finally(() => storage.db.destroy());
  print(typeof result === "string" ? result : JSON.stringify(result));
}

/** Tells on the way how far it is. */
async function copyFrom(source: string, target: Storage["db"]) {
  const path = source.replace(/^sqlite:/, "");
  if (path === source || !existsSync(path))
    throw new Error(`'${source}' is no database; it must be sqlite:PATH of one`);
  const from = await openDatabase(source);
  const told = (table: string, rows: number) => process.stderr.write(`${table}: ${rows} rows\n`);
  const rows = await copyDatabase(from, target, told).finally(() => from.destroy());
  return { copied_and_compared: rows };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

run(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`peridio-server: ${error.message}\n`);
  // Whatever was started before it failed would go on for ever.
  process.exit(1);
});
