import { createHash, type Hash } from "node:crypto";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { callApi, makeVersion } from "../e2e/api.ts";
import { startTestServer, type TestServer } from "../e2e/server.ts";
import { operate } from "../e2e/support/operator.ts";
import { change, query } from "../e2e/support/query.ts";
import { makeSigner, signedBinary } from "../e2e/support/signed.ts";
import { type Figure, seconds } from "./figures.ts";

const gibibyte = 1_073_741_824;
/** Contents of 1 GiB that are backed up already. */
const contents = Number(process.env.BENCH_BACKUP_GIB ?? 50);
const added = 64 * 1_048_576;

/**
 * A backup of what was backed up before, and of one content more. The contents are sparse files of zeros that differ in
 * their last bytes, and so are their copies, which are put there by hand: a first backup would write them in full.
 */
export async function benchBackup(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "peridio-backup-bench-"));
  const target = join(directory, "target");
  const server = await startTestServer({ PERIDIO_LOG_LEVEL: "warn" }, { backend: "sqlite+files" });
  try {
    const api = callApi(server.url);
    const signer = await makeSigner(api);
    const first = await signedBinary(server, api, signer, {}, Buffer.from("first"));
    await plant(server, target, first.split(":")[2]!, await makeVersion(api));
    const backUp = async () =>
      JSON.parse(await operate(server, "backup", target)) as { copied: number; contents: number; missing: string[] };
    await expectCopied(backUp, 1);
    const idle = await seconds(() => expectCopied(backUp, 0));
    await signedBinary(server, api, signer, {}, Buffer.alloc(added, 1));
    const more = await seconds(() => expectCopied(backUp, 1));
    return [
      { what: `backup of ${contents} GiB, nothing new`, value: `${idle.toFixed(1)} s` },
      {
        what: `backup of ${contents} GiB, 64 MiB of it new`,
        value: `${more.toFixed(1)} s`,
        target: "seconds, at most 10",
        met: more <= 10,
      },
    ];
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function expectCopied(
  backUp: () => Promise<{ copied: number; contents: number; missing: string[] }>,
  copied: number,
) {
  const done = await backUp();
  if (done.copied !== copied || done.contents < contents || done.missing.length > 0) {
    throw new Error(`copied ${done.copied} instead of ${copied} of ${done.contents}; missing ${done.missing.join()}`);
  }
}

/** Records, their content and its copies, past the API. */
async function plant(server: TestServer, target: string, organization: string, versionPrn: string): Promise<void> {
  const tail = (number: number) => Buffer.from(String(number).padStart(16, "0"));
  const zeros = hashOfZeros(gibibyte - 16);
  const version = versionPrn.split(":").at(-1)!;
  for (let number = 0; number < contents; number++) {
    const hash = zeros.copy().update(tail(number)).digest("hex");
    const id = `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
    await sparse(join(server.contentRoot!, organization, id, "0", "content"), tail(number));
    await sparse(join(target, "content", hash.slice(0, 2), "0", hash), tail(number));
    change(
      server,
      `insert into binaries (organization_id, id, artifact_version_id, target, hash, size, state, revision, content_file,
         reserved_bytes, inserted_at, updated_at)
       values ('${organization}', '${id}', '${version}', 'target-${number}', '${hash}', ${gibibyte}, 'signed', 0, 'content',
         ${gibibyte}, '2026-01-01', '2026-01-01')`,
    );
  }
  if (query(server, "select id from binaries").length <= contents) throw new Error("the records are not there");
}

async function sparse(path: string, tail: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "w");
  await file.truncate(gibibyte);
  await file.write(tail, 0, tail.length, gibibyte - tail.length);
  await file.close();
}

function hashOfZeros(bytes: number): Hash {
  const hash = createHash("sha256");
  const block = Buffer.alloc(1_048_576);
  for (let left = bytes; left > 0; left -= block.length) hash.update(block.subarray(0, Math.min(left, block.length)));
  return hash;
}
