import { readStoreUrl, type StoreUrl } from "../store-url.ts";
import { archiveClasses } from "./classes.ts";

/** How to reach a bucket of S3, or of any store that speaks its protocol. */
export interface S3Settings {
  bucket: string;
  /** Put before every key; ends in `/`, or is empty. */
  prefix: string;
  region: string;
  /** Of a store that isn't Amazon's; null for theirs. */
  endpoint: string | null;
  /** The address of the store in links for clients, where that differs. */
  publicEndpoint: string | null;
  /** Whether the bucket stands in the path, not in the host. */
  pathStyle: boolean;
  /** Whether the store checks parts by SHA-256: Amazon, versitygw, Garage do; others ignore or refuse it. */
  checksums: boolean;
  /** Server-side encryption: `AES256`, `aws:kms`, `aws:kms:dsse`. */
  encryption: string | null;
  kmsKey: string | null;
  storageClass: string | null;
  /** The class for archived content; null to leave it where it is. */
  archiveStorageClass: string | null;
  /** How quickly a class from which nothing can be read gives back: `Expedited`, `Standard`, `Bulk`. */
  restoreTier: string;
  /** Named in the shared configuration files. */
  profile: string | null;
  /** A role to assume, and the id that its trust policy asks for. */
  role: string | null;
  externalId: string | null;
  /** Seconds without an answer after which a request is given up and repeated. */
  timeout: number;
  /** Instead of those of the environment. */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | null;
  /** Whether names that lead into this network are refused. */
  publicOnly: boolean;
}

const flags = ["true", "false"];

/**
 * Reads `s3://BUCKET/PREFIX?region=&endpoint=…`. Credentials are those of the environment: variables, profile, web
 * identity, container or instance. @throws Error that says what is wrong
 */
export function readS3Url(text: string, environment: NodeJS.ProcessEnv = process.env): S3Settings {
  const url = readStoreUrl(text, "s3", [
    "region",
    "endpoint",
    "public_endpoint",
    "path_style",
    "checksums",
    "sse",
    "kms_key",
    "storage_class",
    "archive_storage_class",
    "restore_tier",
    "profile",
    "role_arn",
    "external_id",
    "timeout",
  ]);
  const endpoint = url.httpAddress("endpoint");
  const settings: S3Settings = {
    bucket: url.container,
    prefix: url.prefix,
    region: url.text("region") ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? "us-east-1",
    endpoint,
    publicEndpoint: url.httpAddress("public_endpoint"),
    pathStyle: url.oneOf("path_style", flags, endpoint === null ? "false" : "true") === "true",
    checksums: url.oneOf("checksums", flags, "true") === "true",
    encryption: url.optionalOneOf("sse", ["AES256", "aws:kms", "aws:kms:dsse"]),
    kmsKey: url.text("kms_key"),
    storageClass: url.text("storage_class"),
    archiveStorageClass: url.optionalOneOf("archive_storage_class", archiveClasses),
    restoreTier: url.oneOf("restore_tier", ["Standard", "Bulk", "Expedited"], "Standard"),
    profile: url.text("profile"),
    role: url.text("role_arn"),
    externalId: url.text("external_id"),
    timeout: url.integer("timeout", 30, 1, 3_600),
    credentials: null,
    publicOnly: false,
  };
  refuseContradictions(settings, url);
  return settings;
}

function refuseContradictions(settings: S3Settings, url: StoreUrl): void {
  // It becomes part of a host name.
  if (!/^[\w-]{1,64}$/.test(settings.region)) throw url.problem("region", "must be a word such as eu-central-1");
  if (settings.kmsKey !== null && !settings.encryption?.startsWith("aws:kms")) {
    throw url.problem("kms_key", "needs sse=aws:kms or sse=aws:kms:dsse");
  }
  if (settings.externalId !== null && settings.role === null) throw url.problem("external_id", "needs role_arn");
}
