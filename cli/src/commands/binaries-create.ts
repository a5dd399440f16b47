import { type Binary, type Client, call, fileSource, getBinary, hashFile, uploadBinary } from "@open-peridio/sdk/node";
import type { Command } from "commander";
import { leaf, type Options } from "../command.ts";
import { connect, patience } from "../config/settings.ts";
import { exitCodes, Failure, usage } from "../exit.ts";
import { interruption } from "../interrupt.ts";
import { print, tell } from "../output.ts";
import { progressBar } from "../progress.ts";
import { given, integer, metadata, requireAll, required, requiredPrn, text } from "../values.ts";
import { distribute, readDestination } from "./binaries-distribute.ts";
import { compression, withCompression } from "./compression.ts";
import { quote } from "./crud.ts";
import { attach, collect, readSigners } from "./signer.ts";

export function createCommand(binaries: Command): void {
  const command = leaf(
    binaries,
    "create",
    "Create a record; with --content-path, upload, verify and sign too",
    "peridio binaries create --artifact-version-prn $VERSION_PRN --target aarch64-linux-gnu --content-path firmware.bin",
    async (options) => {
      requireAll(options, "artifactVersionPrn", "target");
      requiredPrn(options, "artifact_version", "artifactVersionPrn");
      const path = text(options, "contentPath");
      refuseStray(options, path);
      const destination = readDestination(options);
      const whole = path !== undefined && options.skipUpload !== true;
      if (destination && !whole) throw usage("what isn't uploaded reaches no device: give --content-path");
      const binary = whole ? await bringIn(options, path) : await createRecord(options);
      if (destination) await distribute(connect(options), binary, destination);
      print({ binary }, options.output);
    },
  )
    .option("--artifact-version-prn <prn>", "the version that it belongs to")
    .option("--target <target>", "a triplet such as aarch64-linux-gnu, or any name of yours; universal for all")
    .option("--hash <sha256>", "SHA-256 of the content, with or without sha256: before it")
    .option("--size <bytes>", "size of the content")
    .option("--content-path <file>", "the content: measured, hashed, uploaded and verified")
    .option("--skip-upload", "only the record")
    .option("--reuse-content", "upload nothing where the organization holds this content already")
    .option("--signing-key-pair <name>", "sign with this pair of the configuration; may be repeated", collect)
    .option("--signing-key-private <file>", "sign with this private key; may be repeated", collect)
    .option("--signing-key-prn <prn>", "the public key of it; may be repeated", collect)
    .option("--binary-part-size <bytes>", "size of the parts of a large file; default: 5242880")
    .option("--concurrency <number>", "parts on their way at once, from 1; default: 8")
    .option("--description <text>", "up to 256 characters")
    .option("--custom-metadata <json>", "a JSON object, or @FILE that holds one")
    .option("--id <uuid>", "the UUID of its PRN")
    .option("--bundle-override-prn <prn>", "bundle it, for the devices of this override")
    .option("--device-prn <prn>", "bundle it, for this device")
    .option("--cohort-prn <prn>", "bundle it, and release it to this cohort");
  withCompression(command);
}

/** Signatures and skipped uploads are about a file. @throws Failure 2 when there is none, or when they contradict */
function refuseStray(options: Options, path: string | undefined): void {
  const signing = options.signingKeyPair ?? options.signingKeyPrivate ?? options.signingKeyPrn;
  if (signing === undefined) return;
  if (path === undefined) throw usage("to sign, --content-path is needed: signatures are made from the file");
  if (options.skipUpload) throw usage("a binary can only be signed when it is uploaded; leave out --skip-upload");
}

interface Declaration {
  hash?: string | undefined;
  size?: number | undefined;
}

async function createRecord(options: Options): Promise<Binary> {
  const path = text(options, "contentPath");
  const declared: Declaration =
    path === undefined ? { hash: text(options, "hash"), size: integer(options, "size") } : await hashFile(path);
  return post(connect(options), options, declared);
}

async function post(client: Client, options: Options, declared: Declaration): Promise<Binary> {
  const reuse = options.reuseContent === true;
  if (reuse && (declared.hash === undefined || declared.size === undefined)) {
    throw usage("to reuse content, give --content-path, or --hash and --size");
  }
  const body = given({
    artifact_version_prn: required(options, "artifactVersionPrn"),
    target: required(options, "target"),
    ...declared,
    reuse_content: reuse || undefined,
    description: text(options, "description"),
    custom_metadata: metadata(options),
    id: text(options, "id"),
  });
  const { binary } = (await call(client, "POST", "/binaries", { body })) as { binary: Binary };
  if (reuse) tell(binary.state === "signable" ? "The organization holds this content: nothing is uploaded." : notHeld);
  return binary;
}

const notHeld = "The organization doesn't hold this content yet: it has to be uploaded.";

/** The whole way of a file: record, upload, verification, signatures. Run again, it goes on where it stopped. */
async function bringIn(options: Options, path: string): Promise<Binary> {
  const client = connect(options, patience.transfer);
  const signers = readSigners(options);
  const existing = await findExisting(client, options);
  const record = existing ? await continueWith(client, existing, path) : await createFor(client, options, path);
  const isVerified = record.state === "signed" || record.state === "signable";
  const verified = isVerified ? record : await upload(client, options, record, path);
  const signed = new Set(verified.signatures.map((signature) => signature.signing_key_prn));
  // A key signs a binary once; ECDSA would make another signature each time.
  const missing = signers.filter((signer) => !signed.has(signer.keyPrn));
  for (const signer of missing) await attach(client, signer, { prn: verified.prn, hash: verified.hash! }, path);
  return missing.length > 0 ? getBinary(client, verified.prn) : verified;
}

async function findExisting(client: Client, options: Options): Promise<Binary | undefined> {
  const target = quote(required(options, "target"));
  const version = quote(required(options, "artifactVersionPrn"));
  const query = { search: `target:${target} and artifact_version_prn:${version}` };
  const { binaries } = (await call(client, "GET", "/binaries", { query })) as { binaries: Binary[] };
  return binaries[0];
}

/** A new record knows the size; the hash follows with the last part, so the file is read once, unless it is asked for by its hash. */
async function createFor(client: Client, options: Options, path: string): Promise<Binary> {
  if (options.reuseContent === true) return post(client, options, await hashFile(path));
  const source = await fileSource(path);
  await source.close();
  return post(client, options, { size: source.size, hash: text(options, "hash") });
}

/** A record for the same content goes on from its state; one for another is reset, unless it is signed. */
async function continueWith(client: Client, existing: Binary, path: string): Promise<Binary> {
  const { hash, size } = await hashFile(path);
  const same = existing.size === size && (existing.hash === hash || existing.hash === null);
  if (same) return existing;
  if (existing.state === "signed") {
    throw new Failure(
      exitCodes.refused,
      `target '${existing.target}' of this version has a signed binary with another content (${existing.prn}); ` +
        "create a new artifact version for the new content",
    );
  }
  const body = { state: "uploadable", hash, size };
  const { binary } = (await call(client, "PATCH", `/binaries/${existing.prn}`, { body })) as { binary: Binary };
  return binary;
}

async function upload(client: Client, options: Options, record: Binary, path: string): Promise<Binary> {
  const source = await fileSource(path);
  const bar = progressBar();
  try {
    return await uploadBinary(client, {
      binaryPrn: record.prn,
      source,
      ...(given({ partSize: integer(options, "binaryPartSize"), concurrency: integer(options, "concurrency") }) as {
        partSize?: number;
        concurrency?: number;
      }),
      compress: compression(options),
      onProgress: bar.upload,
      signal: interruption("run the same command again to go on where it stopped"),
    });
  } finally {
    bar.stop();
    await source.close();
  }
}
