import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { freePort } from "../free-port.ts";
import { bucket, end, type ObjectServer, untilAnswers } from "./s3-server.ts";

/** Azurite's own, known to all. */
const account = "devstoreaccount1";
const key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** A real Azure Blob server (Azurite, Microsoft's own for tests), in a directory of its own. */
export async function startAzure(): Promise<ObjectServer> {
  const root = await mkdtemp(join(tmpdir(), "azure-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}/${account}`;
  const program = join(
    dirname(createRequire(import.meta.url).resolve("azurite/package.json")),
    "dist/src/blob/main.js",
  );
  let child: ChildProcess;

  async function start(): Promise<void> {
    const words = ["--blobPort", String(port), "--location", root, "--silent"];
    const more = ["--skipApiVersionCheck", "--disableTelemetry", "--disableProductStyleUrl"];
    child = spawn(process.execPath, [program, ...words, ...more], { stdio: "ignore" });
    await untilAnswers(endpoint, child);
  }

  await start();
  const service = new BlobServiceClient(endpoint, new StorageSharedKeyCredential(account, key));
  await service.getContainerClient(bucket).createIfNotExists();
  return {
    endpoint,
    environment: { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: key },
    objects: null,
    start,
    // It keeps what it acknowledged in memory for up to five seconds: by SIGKILL it would lose what no real store loses.
    kill: () => end(child, "SIGTERM"),
    async stop() {
      await end(child, "SIGTERM");
      await rm(root, { recursive: true, force: true });
    },
  };
}
