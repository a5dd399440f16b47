import type { S3Settings } from "../s3/settings.ts";
import { readStoreUrl } from "../store-url.ts";

/**
 * Reads `gs://BUCKET/PREFIX`. Google Cloud Storage is reached by its XML API, which speaks S3: multipart uploads, V4 signed
 * links, and HMAC keys of a service account, in GS_ACCESS_KEY_ID and GS_SECRET_ACCESS_KEY. Its other API has no uploads whose
 * parts several clients can send at once. Source: https://cloud.google.com/storage/docs/interoperability
 * @throws Error that says what is wrong
 */
export function readGoogleUrl(text: string, environment: NodeJS.ProcessEnv = process.env): S3Settings {
  const url = readStoreUrl(text, "gs", ["endpoint", "public_endpoint", "storage_class", "timeout"]);
  const { GS_ACCESS_KEY_ID: accessKeyId, GS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      "needs the HMAC key of a service account in GS_ACCESS_KEY_ID and GS_SECRET_ACCESS_KEY; " +
        "make one with `gcloud storage hmac create ACCOUNT`",
    );
  }
  return {
    bucket: url.container,
    prefix: url.prefix,
    region: "auto",
    endpoint: url.httpAddress("endpoint") ?? "https://storage.googleapis.com",
    publicEndpoint: url.httpAddress("public_endpoint"),
    pathStyle: true,
    // It checks MD5 and CRC32C; the SHA-256 of a part shows in the whole.
    checksums: false,
    encryption: null,
    kmsKey: null,
    storageClass: url.text("storage_class"),
    archiveStorageClass: null,
    restoreTier: "Standard",
    profile: null,
    role: null,
    externalId: null,
    timeout: url.integer("timeout", 30, 1, 3_600),
    credentials: { accessKeyId, secretAccessKey },
    publicOnly: false,
  };
}
