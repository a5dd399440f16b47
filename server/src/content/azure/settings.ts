import { readStoreUrl } from "../store-url.ts";

/** How to reach a container of Azure Blob Storage. */
export interface AzureSettings {
  container: string;
  /** Put before every name; ends in `/`, or is empty. */
  prefix: string;
  account: string;
  /** Address of the account's blobs. */
  endpoint: string;
  /** The address in links for clients, where that differs. */
  publicEndpoint: string | null;
  /** `Hot`, `Cool`, `Cold`; null for the account's default. */
  tier: string | null;
  /** The tier for archived content, `Cool`, `Cold`, `Archive`; null to leave it where it is. */
  archiveTier: string | null;
  /** Encryption scope; null for the container's default. */
  encryptionScope: string | null;
  /** Seconds without an answer after which a request is given up and repeated. */
  timeout: number;
  /** The account's key, base64; null to use what Azure knows of this machine: managed or workload identity, CLI. */
  key: string | null;
  /** Whether names that lead into this network are refused. */
  publicOnly: boolean;
}

/**
 * Reads `azblob://CONTAINER/PREFIX?account=&endpoint=…`. The account and its key are those of AZURE_STORAGE_ACCOUNT and
 * AZURE_STORAGE_KEY, or of AZURE_STORAGE_CONNECTION_STRING; without a key, Azure's own identities count.
 * @throws Error that says what is wrong
 */
export function readAzureUrl(text: string, environment: NodeJS.ProcessEnv = process.env): AzureSettings {
  const options = ["account", "endpoint", "public_endpoint", "tier", "archive_tier", "encryption_scope", "timeout"];
  const url = readStoreUrl(text, "azblob", options);
  const known = readConnectionString(environment.AZURE_STORAGE_CONNECTION_STRING ?? "");
  const account = url.text("account") ?? environment.AZURE_STORAGE_ACCOUNT ?? known.AccountName;
  if (!account) throw new Error("needs an account: add ?account=NAME, or set AZURE_STORAGE_ACCOUNT");
  // It becomes part of a host name.
  if (!/^[a-z0-9]{3,24}$/.test(account)) {
    throw new Error(`needs an account of 3 to 24 lowercase letters and digits; got '${account}'`);
  }
  return {
    container: url.container,
    prefix: url.prefix,
    account,
    endpoint: url.httpAddress("endpoint") ?? known.BlobEndpoint ?? `https://${account}.blob.core.windows.net`,
    publicEndpoint: url.httpAddress("public_endpoint"),
    tier: url.optionalOneOf("tier", ["Hot", "Cool", "Cold"]),
    archiveTier: url.optionalOneOf("archive_tier", ["Cool", "Cold", "Archive"]),
    encryptionScope: url.text("encryption_scope"),
    timeout: url.integer("timeout", 30, 1, 3_600),
    key: environment.AZURE_STORAGE_KEY ?? known.AccountKey ?? null,
    publicOnly: false,
  };
}

function readConnectionString(text: string): Record<string, string> {
  const pairs = text.split(";").filter((pair) => pair.includes("="));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}
