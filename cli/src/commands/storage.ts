import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { call } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { exitCodes, Failure, usage } from "../exit.ts";
import { print, tell } from "../output.ts";
import { checkPrn } from "../prn.ts";
import { given, required, requiredPrn, text } from "../values.ts";
import { getCommand, listCommand, prnOf, type Resource, update, withPrn, wordsOf } from "./crud.ts";

const store = {
  plural: "content_stores",
  noun: "content store",
  type: "content_store",
  prnOption: "contentStorePrn",
} as const;

const move = {
  plural: "content_moves",
  noun: "content move",
  type: "content_move",
  prnOption: "contentMovePrn",
} as const;

/** Milliseconds between two looks at a move that is waited for. */
const lookEvery = 1_000;

interface Figures {
  stores: (Record<string, unknown> & {
    content_store_prn: string | null;
    unfinished_uploads: { bytes: number };
    deltas: { bytes: number };
  })[];
}

/** Of a store what fits in a line: bytes, mostly. */
function inOneRow({ content_store_prn, unfinished_uploads, deltas, ...figures }: Figures["stores"][number]) {
  return {
    store: content_store_prn ?? "the server's own",
    ...figures,
    unfinished_bytes: unfinished_uploads.bytes,
    delta_bytes: deltas.bytes,
  };
}

export function storageCommands(program: Command): void {
  const storage = group(program, "storage", "Where content is kept: stores of your own, and moves between them");
  withCredentials(
    leaf(
      storage,
      "create",
      "Add a store; nothing is kept in it before it is active",
      "peridio storage create --name ours --url 's3://firmware/peridio?region=eu-central-1' --access-key-id $ID --secret-access-key @secret.txt",
      async (options) => {
        const body = given({
          name: required(options, "name"),
          url: required(options, "url"),
          credentials: credentials(options),
        });
        print(await call(connect(options), "POST", "/content_stores", { body }), options.output);
      },
    )
      .option("--name <name>", "what it is called")
      .option("--url <url>", "s3://BUCKET/PREFIX?region=…, gs://BUCKET/PREFIX or azblob://CONTAINER/PREFIX?account=…"),
  );
  leaf(
    storage,
    "figures",
    "Show how much is kept in which store, and how much of it by what",
    "peridio storage figures --output table",
    async (options) => {
      const answer = (await call(connect(options), "GET", "/storage_figures")) as { storage_figures: Figures };
      const { stores } = answer.storage_figures;
      print(options.output === "table" ? { stores: stores.map(inOneRow), next_page: null } : answer, options.output);
    },
  );
  getCommand(storage, store);
  listCommand(storage, store);
  withCredentials(
    withPrn(
      leaf(
        storage,
        "update",
        "Rename a store, or give it new credentials, which are tested first",
        "peridio storage update --prn $PRN --access-key-id $ID --secret-access-key @secret.txt",
        async (options) => {
          const fields = { name: text(options, "name"), credentials: credentials(options) };
          print(await update(options, store, fields), options.output);
        },
      ),
      store,
    ).option("--name <name>", "what it is called"),
  );
  withPrn(
    leaf(
      storage,
      "test",
      "Try all that a store must do; fails when a step does",
      "peridio storage test --prn $PRN",
      async (options) => {
        const answer = await ask<{ store_test: StoreTest }>(options, store, "test");
        print(answer, options.output === "prn" ? "json" : options.output);
        const failed = answer.store_test.steps.find(({ outcome }) => outcome === "failed");
        if (!failed) return;
        const { step, detail, hint } = failed;
        throw new Failure(exitCodes.refused, `the step '${step}' failed: ${detail}; ${hint}`);
      },
    ),
    store,
  );
  actionCommand(storage, store, "activate", "Keep new content in a store, once its test has passed");
  actionCommand(storage, store, "deactivate", "Keep new content in the server's own store again");
  withPrn(
    leaf(
      storage,
      "delete",
      "Delete a store in which no content is kept",
      "peridio storage delete --prn $PRN",
      async (options) => {
        const query = options.abandon ? { abandon: "true" } : {};
        await call(connect(options), "DELETE", `/content_stores/${prnOf(options, store)}`, { query });
      },
    ),
    store,
  ).option("--abandon", "leave there what no binary needs any more but could not be removed yet");
  moveCommand(storage);
  leaf(
    storage,
    "checks",
    "When all content was last compared with its records, and how much of yours is quarantined",
    "peridio storage checks",
    async (options) => {
      print(await call(connect(options), "GET", "/content_checks"), options.output);
    },
  );

  const moves = group(storage, "moves", "What is moved, and how far it is");
  getCommand(moves, move);
  listCommand(moves, move);
  actionCommand(moves, move, "pause", "Pause a move");
  actionCommand(moves, move, "resume", "Go on with a move that is paused");
  actionCommand(moves, move, "cancel", "End a move; what was moved stays where it is now");
}

interface StoreTest {
  steps: { step: string; outcome: string; detail: string | null; hint: string | null }[];
}

interface Move {
  prn: string;
  state: string;
  moved_binaries: number;
  last_error: string | null;
  rest: { binaries: number; waiting: number };
}

function moveCommand(storage: Command): void {
  leaf(
    storage,
    "move",
    "Move content from one store to another, in the background",
    "peridio storage move --from server --to $PRN --wait",
    async (options) => {
      const body = given({
        from: end(options, "from"),
        to: end(options, "to"),
        artifact_prn: text(options, "artifactPrn") && requiredPrn(options, "artifact", "artifactPrn"),
      });
      const answer = await call(connect(options), "POST", "/content_moves", { body });
      const { prn } = (answer as { content_move: Move }).content_move;
      print(options.wait ? await untilOver(options, prn) : answer, options.output);
    },
  )
    .option("--from <store>", "PRN of the store where the content is; server for the server's own")
    .option("--to <store>", "PRN of the store where it goes; server for the server's own")
    .option("--artifact-prn <prn>", "only what is of this artifact")
    .option("--wait", "until all is moved; interrupted, the move goes on");
}

/** @throws Failure 1 when it ends otherwise than done */
async function untilOver(options: Options, prn: string): Promise<unknown> {
  for (let told = ""; ; await pause(lookEvery)) {
    const answer = await call(connect(options), "GET", `/content_moves/${prn}`);
    const { state, moved_binaries, last_error, rest } = (answer as { content_move: Move }).content_move;
    if (state === "done") return answer;
    if (state !== "running") throw new Failure(exitCodes.refused, `the move ${prn} is '${state}'`);
    const waiting = rest.waiting > 0 ? `, ${rest.waiting} of them not uploaded yet` : "";
    const trouble = last_error === null ? "" : `; ${last_error}`;
    const progress = `${moved_binaries} moved, ${rest.binaries} to go${waiting}${trouble}`;
    if (progress !== told) tell(progress);
    told = progress;
  }
}

/** A store by its PRN, or the server's own. */
function end(options: Options, name: string): string {
  const value = required(options, name);
  return value === "server" ? value : checkPrn(value, "content_store", `--${name}`);
}

function ask<T>(options: Options, resource: Resource, action: string): Promise<T> {
  const path = `/${resource.plural}/${prnOf(options, resource)}/${action}`;
  return call(connect(options), "POST", path) as Promise<T>;
}

function actionCommand(parent: Command, resource: Resource, action: string, description: string): void {
  const example = `peridio ${wordsOf(parent)} ${action} --prn $PRN`;
  const command = leaf(parent, action, description, example, async (options) => {
    print(await ask(options, resource, action), options.output);
  });
  withPrn(command, resource);
}

const secretOptions = {
  accessKeyId: "access_key_id",
  secretAccessKey: "secret_access_key",
  accountKey: "account_key",
} as const;

function withCredentials(command: Command): Command {
  return command
    .option("--access-key-id <id>", "of S3 without a role, or an HMAC key of Google; @FILE reads it")
    .option("--secret-access-key <secret>", "goes with it; @FILE keeps it out of the shell's history")
    .option("--account-key <key>", "of an Azure account; @FILE reads it");
}

function credentials(options: Options): Record<string, unknown> | undefined {
  const read = Object.entries(secretOptions).map(([option, field]) => [field, secret(options, option)]);
  const all = given(Object.fromEntries(read) as Record<string, unknown>);
  return Object.keys(all).length > 0 ? all : undefined;
}

/** @throws Failure 2 for a file that can't be read */
function secret(options: Options, name: string): string | undefined {
  const value = text(options, name);
  if (!value?.startsWith("@")) return value;
  try {
    return readFileSync(value.slice(1), "utf8").trim();
  } catch (error) {
    throw usage(`'${value}' can't be read: ${(error as Error).message}`);
  }
}
