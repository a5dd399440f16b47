import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "./support/s3-server.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";
import { storedBinary } from "./support/stored.ts";

/* The same faults as in fsck.test.ts, fewer of them, in stores that are not the server's own files. */

async function fsck(
  server: TestServer,
  ...words: string[]
): Promise<{ kind: string; prn: string; repaired: boolean }[]> {
  // It ends with 1 when something is left wrong.
  const out = await operate(server, "fsck", ...words).catch((error: { stdout: string }) => error.stdout);
  const lines = out.trim().split("\n");
  return lines.slice(0, -1).map((line) => JSON.parse(line));
}

const content = () => randomBytes(50_000);

/** Organization, binary and revision, as the stores name places. */
const placeOf = (prn: string): string => `${prn.split(":")[2]}/${prn.split(":").at(-1)}/0`;

describe("fsck on Azure", () => {
  let server: TestServer;
  let api: Api;
  let signer: TestSigner;

  beforeAll(async () => {
    server = await startTestServer({}, { backend: "postgres+azure" });
    api = callApi(server.url);
    signer = await makeSigner(api);
  });
  afterAll(() => server?.stop());

  it("finds what is missing, wrong and nobody's, and takes the last away", async () => {
    const { endpoint, environment } = server.backend.objects!;
    const credential = new StorageSharedKeyCredential(
      environment.AZURE_STORAGE_ACCOUNT!,
      environment.AZURE_STORAGE_KEY!,
    );
    const container = new BlobServiceClient(endpoint, credential).getContainerClient(bucket);
    const prefix = server.backend.settings.PERIDIO_CONTENT_URL!.split("/")[3]!.split("?")[0]!;
    const blobOf = (prn: string) =>
      container.getBlockBlobClient(`${prefix}/${placeOf(prn)}/${storedBinary(server, prn).content_file}`);
    const make = () => signedBinary(server, api, signer, {}, content());
    const [missing, short, flipped, whole] = [await make(), await make(), await make(), await make()];
    const stranger = whole.replace(/.{12}$/, "000000000000");
    await blobOf(missing).delete();
    await blobOf(short).upload("short", 5);
    await blobOf(flipped).uploadData(content());
    const orphan = container.getBlockBlobClient(`${prefix}/${placeOf(stranger)}/content`);
    await orphan.upload("nobody needs this", 17);

    const found = await fsck(server, "--deep", "--repair", "--grace", "0");
    expect(found.map(({ kind, prn, repaired }) => [kind, prn, repaired]).sort()).toEqual(
      [
        ["missing", missing, false],
        ["orphaned_file", stranger, true],
        ["wrong_hash", flipped, false],
        ["wrong_size", short, false],
      ].sort(),
    );
    expect(await orphan.exists()).toBe(false);
    for (const prn of [missing, short, flipped]) {
      expect((await api("GET", `/binaries/${prn}/download_url`)).body.errors.code).toBe("quarantined");
    }
    expect((await api("GET", `/binaries/${whole}/download_url`)).status).toBe(200);
  });
});

describe("fsck where an organization has a store of its own", () => {
  const settings = { PERIDIO_STORE_ALLOW_PRIVATE: "true" };
  let s3: ObjectServer;
  let server: TestServer;

  beforeAll(async () => {
    s3 = await startS3();
    server = await startTestServer(settings);
  });
  afterAll(async () => {
    await server?.stop();
    await s3?.stop();
  });

  it("looks there as well as in the server's own", async () => {
    const api = callApi(server.url);
    const signer = await makeSigner(api);
    const operator = { ...server, backend: { ...server.backend, settings } };
    const make = () => signedBinary(server, api, signer, {}, content());
    const here = await make();
    const url = `s3://${bucket}/theirs?endpoint=${s3.endpoint}`;
    const keys = { access_key_id: s3Keys.accessKeyId, secret_access_key: s3Keys.secretAccessKey };
    const { body } = await api("POST", "/content_stores", { name: "theirs", url, credentials: keys });
    expect((await api("POST", `/content_stores/${body.content_store.prn}/activate`)).status).toBe(200);
    const [there, whole] = [await make(), await make()];
    expect(await fsck(operator, "--deep", "--grace", "0")).toEqual([]);

    rmSync(join(server.contentRoot!, placeOf(here), storedBinary(server, here).content_file!));
    rmSync(join(s3.objects!, bucket, "theirs", placeOf(there), storedBinary(server, there).content_file!));
    const found = await fsck(operator, "--deep", "--grace", "0");
    expect(found.map(({ kind, prn }) => [kind, prn]).sort()).toEqual(
      [
        ["missing", here],
        ["missing", there],
      ].sort(),
    );
    expect((await api("GET", `/binaries/${whole}/download_url`)).status).toBe(200);
  });
});
