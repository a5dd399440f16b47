import { join, resolve } from "node:path";
import { type AzureSettings, readAzureUrl } from "./azure/settings.ts";
import { openFilesystemStore } from "./filesystem.ts";
import { readGoogleUrl } from "./google/settings.ts";
import { readS3Url, type S3Settings } from "./s3/settings.ts";
import type { ContentStore, ObjectStore } from "./store.ts";

/** An object store that can be reached, and by which protocol. */
export type ObjectStoreSettings =
  | { protocol: "s3"; settings: S3Settings }
  | { protocol: "azure"; settings: AzureSettings };

/** Opens the store at `file:PATH`, or an object store; without an address, files in the data directory. @throws Error that says what is wrong with the address */
export async function openContentStore(address: string, dataDirectory: string): Promise<ContentStore> {
  const settings = readObjectStoreUrl(address, process.env);
  if (settings) return openObjectStore(settings);
  const [path, options] = address.replace(/^file:/, "").split("?") as [string, string?];
  const shared = new URLSearchParams(options).get("shared") === "true";
  return openFilesystemStore(resolve(path || join(dataDirectory, "content")), { shared });
}

/** Reads `s3://…`, `gs://…` or `azblob://…`; null for what is none of them. @throws Error that says what is wrong */
export function readObjectStoreUrl(address: string, environment: NodeJS.ProcessEnv): ObjectStoreSettings | null {
  switch (/^\w+(?=:\/\/)/.exec(address)?.[0]) {
    case "s3":
      return { protocol: "s3", settings: readS3Url(address, environment) };
    case "gs":
      return { protocol: "s3", settings: readGoogleUrl(address, environment) };
    case "azblob":
      return { protocol: "azure", settings: readAzureUrl(address, environment) };
    default:
      return null;
  }
}

/** What reaches an object store is loaded only when there is one. */
export async function openObjectStore({ protocol, settings }: ObjectStoreSettings): Promise<ObjectStore> {
  if (protocol === "azure") return (await import("./azure/store.ts")).openAzureStore(settings);
  return (await import("./s3/store.ts")).openS3Store(settings);
}
