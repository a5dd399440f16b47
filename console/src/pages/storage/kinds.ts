/** One option of a store's address. */
export interface StoreOption {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
  /** In the place of free text. */
  choices?: { value: string; label: string }[];
}

/** A kind of store that an organization can bring: how its address is written, and what reaches it. */
export interface StoreKind {
  value: string;
  label: string;
  scheme: "s3" | "gs" | "azblob";
  /** What holds the objects is called so there. */
  container: "Bucket" | "Container";
  options: StoreOption[];
  /** Those that few need. */
  more: StoreOption[];
  credentials: Credential[];
  /** What has to be known besides. */
  note?: string;
}

export interface Credential {
  name: "access_key_id" | "secret_access_key" | "account_key";
  label: string;
  secret: boolean;
  hint?: string;
}

const choices = (...values: string[]) => [
  { value: "", label: "as the store does by itself" },
  ...values.map((value) => ({ value, label: value })),
];

const keyPair: Credential[] = [
  { name: "access_key_id", label: "Access key ID", secret: false },
  { name: "secret_access_key", label: "Secret access key", secret: true },
];
const region: StoreOption = { name: "region", label: "Region", placeholder: "eu-central-1" };
const publicEndpoint: StoreOption = {
  name: "public_endpoint",
  label: "Public endpoint",
  placeholder: "https://…",
  hint: "The store's address for clients, where that is another than for this server.",
};
const storageClass: StoreOption = { name: "storage_class", label: "Storage class", placeholder: "STANDARD_IA" };
const timeout: StoreOption = {
  name: "timeout",
  label: "Timeout",
  placeholder: "30",
  hint: "Seconds without an answer after which a request is repeated.",
};
const encryption: StoreOption[] = [
  { name: "sse", label: "Encryption", choices: choices("AES256", "aws:kms", "aws:kms:dsse") },
  { name: "kms_key", label: "KMS key", hint: "For aws:kms and aws:kms:dsse." },
];

export const storeKinds: StoreKind[] = [
  {
    value: "s3",
    label: "Amazon S3, with keys",
    scheme: "s3",
    container: "Bucket",
    options: [region],
    more: [storageClass, ...encryption, timeout],
    credentials: keyPair,
  },
  {
    value: "s3-role",
    label: "Amazon S3, by a role",
    scheme: "s3",
    container: "Bucket",
    options: [region, { name: "role_arn", label: "Role", placeholder: "arn:aws:iam::123456789012:role/peridio" }],
    more: [storageClass, ...encryption, timeout],
    credentials: [],
    note: "The server assumes the role with its own identity. The external ID that the role's trust policy must ask for is shown once the store is added.",
  },
  {
    value: "s3-compatible",
    label: "Another store that speaks S3",
    scheme: "s3",
    container: "Bucket",
    options: [
      { name: "endpoint", label: "Endpoint", placeholder: "https://s3.example.com" },
      { ...region, placeholder: "us-east-1" },
    ],
    more: [
      publicEndpoint,
      {
        name: "path_style",
        label: "Bucket stands",
        choices: [
          { value: "", label: "in the path" },
          { value: "false", label: "in the host name" },
        ],
      },
      {
        name: "checksums",
        label: "SHA-256 of parts",
        choices: [
          { value: "", label: "checked by the store" },
          { value: "false", label: "refused by the store" },
        ],
      },
      storageClass,
      timeout,
    ],
    credentials: keyPair,
    note: "Ceph, Garage, SeaweedFS, versitygw, R2 and others.",
  },
  {
    value: "gs",
    label: "Google Cloud Storage",
    scheme: "gs",
    container: "Bucket",
    options: [],
    more: [
      { name: "endpoint", label: "Endpoint", placeholder: "https://storage.googleapis.com" },
      publicEndpoint,
      { ...storageClass, placeholder: "NEARLINE" },
      timeout,
    ],
    credentials: keyPair,
    note: "It needs the HMAC key of a service account: gcloud storage hmac create ACCOUNT.",
  },
  {
    value: "azblob",
    label: "Azure Blob Storage",
    scheme: "azblob",
    container: "Container",
    options: [{ name: "account", label: "Account", placeholder: "acmefirmware" }],
    more: [
      { name: "endpoint", label: "Endpoint", placeholder: "https://ACCOUNT.blob.core.windows.net" },
      publicEndpoint,
      { name: "tier", label: "Tier", choices: choices("Hot", "Cool", "Cold") },
      { name: "encryption_scope", label: "Encryption scope" },
      timeout,
    ],
    credentials: [
      { name: "account_key", label: "Account key", secret: true, hint: "In base64, as the portal shows it." },
    ],
  },
];

/** The kind that an address is of. */
export function kindOf(url: string): StoreKind {
  const scheme = url.split("://")[0];
  const has = (option: string) => new RegExp(`[?&]${option}=`).test(url);
  const value = scheme !== "s3" ? scheme : has("role_arn") ? "s3-role" : has("endpoint") ? "s3-compatible" : "s3";
  return storeKinds.find((kind) => kind.value === value) ?? storeKinds[0]!;
}
