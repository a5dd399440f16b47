import { stat } from "node:fs/promises";
import { type Client, call, errorOf, fileSource, getBinary, hashFile, hexToBase64 } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { usage } from "../exit.ts";
import { print } from "../output.ts";
import { given, integer, required, text } from "../values.ts";

interface Announced {
  binary_part: { presigned_upload_url: string };
}

export function binaryPartCommands(program: Command): void {
  const parts = group(program, "binary-parts", "Parts of an upload");
  leaf(
    parts,
    "create",
    "Announce a part; with --file, upload it too",
    "peridio binary-parts create --binary-prn $BINARY_PRN --part-number 1 --file part_aa",
    async (options) => {
      const client = connect(options);
      const file = text(options, "file");
      print(file === undefined ? await announce(client, options) : await upload(client, options, file), options.output);
    },
  )
    .option("--binary-prn <prn>", "the binary; uploadable")
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
      const path = `/binaries/${required(options, "binaryPrn")}/parts`;
      print(await call(connect(options), "GET", path), options.output);
    },
  ).option("--binary-prn <prn>", "the binary");
}

function readIndex(options: Options): number {
  const index = integer(options, "partNumber") ?? integer(options, "index");
  if (index === undefined) throw usage("--part-number (or --index) is needed");
  return index;
}

async function put(client: Client, options: Options, part: { size: number; hash: string }): Promise<Announced> {
  const prn = required(options, "binaryPrn");
  const index = readIndex(options);
  const path = text(options, "binaryContentPath");
  const whole = integer(options, "expectedBinarySize") ?? (path === undefined ? undefined : (await stat(path)).size);
  const expected = whole ?? (await getBinary(client, prn)).size ?? undefined;
  const body = given({ binary_prn: prn, index, ...part, expected_binary_size: expected });
  return (await call(client, "PUT", `/binaries/${prn}/parts/${index}`, { body })) as Announced;
}

function announce(client: Client, options: Options): Promise<Announced> {
  const size = integer(options, "size");
  if (size === undefined) throw usage("--file is needed, or --size and --hash");
  return put(client, options, { size, hash: required(options, "hash") });
}

async function upload(client: Client, options: Options, file: string): Promise<unknown> {
  const { size, hash } = await hashFile(file);
  const announced = await put(client, options, { size, hash });
  const headers = { "content-type": "application/octet-stream", "x-amz-checksum-sha256": hexToBase64(hash) };
  const source = await fileSource(file);
  try {
    const { signal } = new AbortController();
    const { presigned_upload_url: url } = announced.binary_part;
    const answer = await client.transport.put(url, headers, () => source.stream(0, size), size, signal);
    if (!answer.ok) throw await errorOf(answer);
    await answer.arrayBuffer();
  } finally {
    await source.close();
  }
  const { presigned_upload_url: _used, ...part } = announced.binary_part;
  return { binary_part: { ...part, state: "valid" } };
}
