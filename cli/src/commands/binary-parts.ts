import { stat } from "node:fs/promises";
import { type Client, call, fileSource, getBinary, hashFile, sendPart } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect, patience } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { interruption } from "../interrupt.ts";
import { print } from "../output.ts";
import { given, integer, required, requiredPrn, text } from "../values.ts";

export function binaryPartCommands(program: Command): void {
  const parts = group(program, "binary-parts", "Parts of an upload");
  leaf(
    parts,
    "create",
    "Announce a part; with --file, upload it too",
    "peridio binary-parts create --binary-prn $BINARY_PRN --part-number 1 --file part_aa",
    async (options) => {
      const client = connect(options, patience.transfer);
      const file = text(options, "file");
      print(file === undefined ? await announce(client, options) : await upload(client, options, file), options.output);
    },
  )
    .option("--binary-prn <prn>", "the binary; uploadable")
    .option("--prn <prn>", "the same")
    .option("--part-number <number>", "which part, from 1")
    .option("--index <number>", "the same")
    .option("--file <file>", "the part's bytes: measured, hashed and uploaded")
    .option("--size <bytes>", "without --file: size of the part")
    .option("--hash <sha256>", "without --file: SHA-256 of the part")
    .option("--expected-binary-size <bytes>", "size of the whole; by default what the record says")
    .option("--binary-content-path <file>", "the whole file, for its size");

  leaf(
    parts,
    "list",
    "List all parts of a binary",
    "peridio binary-parts list --binary-prn $BINARY_PRN",
    async (options) => {
      const path = `/binaries/${requiredPrn(options, "binary", "binaryPrn", "prn")}/parts`;
      print(await call(connect(options), "GET", path), options.output);
    },
  )
    .option("--binary-prn <prn>", "the binary")
    .option("--prn <prn>", "the same");
}

function readIndex(options: Options): number {
  const index = integer(options, "partNumber") ?? integer(options, "index");
  if (index === undefined) throw usage("--part-number (or --index) is needed");
  return index;
}

/** Bytes of the whole binary: as given, else as the record says; null when nobody knows yet. */
async function expectedSize(client: Client, options: Options, prn: string): Promise<number | null> {
  const path = text(options, "binaryContentPath");
  const told = integer(options, "expectedBinarySize") ?? (path === undefined ? undefined : (await stat(path)).size);
  return told ?? (await getBinary(client, prn)).size;
}

/** As the official CLI: only the announcement, which answers with the link. */
async function announce(client: Client, options: Options): Promise<unknown> {
  const prn = requiredPrn(options, "binary", "binaryPrn", "prn");
  const index = readIndex(options);
  const size = integer(options, "size");
  if (size === undefined) throw usage("--file is needed, or --size and --hash");
  const hash = required(options, "hash");
  const expected = (await expectedSize(client, options, prn)) ?? undefined;
  const body = given({ binary_prn: prn, index, size, hash, expected_binary_size: expected });
  return call(client, "PUT", `/binaries/${prn}/parts/${index}`, { body });
}

async function upload(client: Client, options: Options, file: string): Promise<unknown> {
  const prn = requiredPrn(options, "binary", "binaryPrn", "prn");
  const index = readIndex(options);
  const { size, hash } = await hashFile(file);
  const whole = await expectedSize(client, options, prn);
  const source = await fileSource(file);
  try {
    const part = { index, start: 0, end: size, hash, payload: () => source.stream(0, size) };
    const signal = interruption("run the same command again to send this part");
    return { binary_part: await sendPart(client, prn, part, whole, signal) };
  } finally {
    await source.close();
  }
}
