import { createHmac } from "node:crypto";
import { invalid, type StoreCredentials } from "@open-peridio/contract";
import { type ObjectStoreSettings, readObjectStoreUrl } from "../content/open.ts";
import { urlProblem } from "../http/address-guard.ts";

/** What decides how an organization's address is read. */
export interface Rules {
  organizationId: string;
  secretKey: Buffer;
  /** Whether the operator lets organizations name addresses of this network. */
  allowPrivate: boolean;
}

type Credential = keyof StoreCredentials;

/** What each kind of store is reached with. */
const needed: Record<string, readonly Credential[]> = {
  s3: ["access_key_id", "secret_access_key"],
  gs: ["access_key_id", "secret_access_key"],
  azblob: ["account_key"],
};

/** Options of the server's own store that would lend an organization what is the operator's. */
const operatorsOwn = ["profile", "external_id"];

/**
 * Reads the address that an organization gave, with its credentials: nothing of this server's environment counts, and it
 * leads to the public internet. @throws ApiError 422 on `url` or `credentials`
 */
export function readAddress(text: string, given: StoreCredentials, rules: Rules): ObjectStoreSettings {
  const scheme = /^\w+(?=:\/\/)/.exec(text)?.[0] ?? "";
  if (!(scheme in needed)) throw invalid("url", `must start with s3://, gs:// or azblob://; got '${text}'`);
  const options = URL.parse(text)?.searchParams ?? new URLSearchParams();
  const role = scheme === "s3" ? options.get("role_arn") : null;
  checkCredentials(given, role === null ? needed[scheme]! : [], role === null ? `a store at ${scheme}://` : "a role");
  for (const option of operatorsOwn) {
    if (options.has(option)) throw invalid("url", `can't have ${option}: that is for the server's own store`);
  }
  if (role !== null && options.has("endpoint"))
    throw invalid("url", "can't have role_arn and endpoint: roles are Amazon's");
  for (const option of ["endpoint", "public_endpoint"]) {
    const problem = options.get(option) ? urlProblem(options.get(option)!, rules.allowPrivate) : null;
    if (problem) throw invalid("url", `has an ${option} that ${problem}`);
  }
  const read = readWith(text, given);
  const publicOnly = !rules.allowPrivate;
  if (read.protocol === "azure") return { ...read, settings: { ...read.settings, publicOnly } };
  const { access_key_id, secret_access_key } = given;
  const credentials = role === null ? { accessKeyId: access_key_id!, secretAccessKey: secret_access_key! } : null;
  const externalId = role === null ? null : externalIdOf(rules);
  return { protocol: "s3", settings: { ...read.settings, credentials, externalId, publicOnly } };
}

/** In the place of the environment stand what the organization gave. */
function readWith(text: string, given: StoreCredentials): ObjectStoreSettings {
  try {
    return readObjectStoreUrl(text, {
      GS_ACCESS_KEY_ID: given.access_key_id,
      GS_SECRET_ACCESS_KEY: given.secret_access_key,
      AZURE_STORAGE_KEY: given.account_key,
    })!;
  } catch (error) {
    throw invalid("url", (error as Error).message);
  }
}

function checkCredentials(given: StoreCredentials, wanted: readonly Credential[], of: string): void {
  const names: Credential[] = ["access_key_id", "secret_access_key", "account_key"];
  const missing = wanted.filter((name) => given[name] === undefined);
  if (missing.length > 0) throw invalid("credentials", `must have ${wanted.join(" and ")} for ${of}`);
  const surplus = names.filter((name) => given[name] !== undefined && !wanted.includes(name));
  if (surplus.length > 0) throw invalid("credentials", `can't have ${surplus.join(" and ")} for ${of}`);
  if (given.account_key !== undefined && !/^[A-Za-z0-9+/]+={0,2}$/.test(given.account_key)) {
    throw invalid("credentials", "must have an account_key in base64");
  }
}

/** What a role that an organization names must ask for: nobody else can have this server assume it. */
export function externalIdOf({ organizationId, secretKey }: Pick<Rules, "organizationId" | "secretKey">): string {
  return createHmac("sha256", secretKey).update(`external id of ${organizationId}`).digest("hex").slice(0, 32);
}
