import { isIP } from "node:net";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { DeltaAlgorithm } from "@open-peridio/contract";

/** One setting: its environment variable, what it means, its default, and how its text becomes a value. */
interface Setting<T> {
  variable: string;
  meaning: string;
  /** The default as text, read like any other value. */
  fallback: string;
  /** Returns the value, or throws a sentence that says what would be right. */
  read: (text: string) => T;
}

const setting = <T>(definition: Setting<T>): Setting<T> => definition;

const text = (value: string): string => value;

function oneOf<const V extends string>(...allowed: V[]): (value: string) => V {
  return (value) => {
    if ((allowed as string[]).includes(value)) return value as V;
    throw new Error(`must be one of ${allowed.join(", ")}`);
  };
}

function integer(minimum: number, maximum: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= minimum && number <= maximum) return number;
    throw new Error(`must be a whole number from ${minimum} to ${maximum}`);
  };
}

function httpUrl(value: string): string {
  if (value === "") return "";
  const url = URL.parse(value);
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new Error("must be an http:// or https:// address");
  return value.replace(/\/+$/, "");
}

function path(value: string): string {
  return resolve(value.replace(/^~(?=\/|$)/, homedir()));
}

/** In small letters, as Node has them. */
function headerName(value: string): string {
  if (/^[A-Za-z0-9-]{0,64}$/.test(value)) return value.toLowerCase();
  throw new Error("must be the name of a header: letters, digits and hyphens");
}

function withScheme(...schemes: string[]): (value: string) => string {
  return (value) => {
    if (value === "" || schemes.some((scheme) => value.startsWith(scheme))) return value;
    throw new Error(`must start with ${schemes.join(" or ")}`);
  };
}

/** Words separated by commas or blanks, each checked. */
function list(check: (word: string) => string): (value: string) => string[] {
  return (value) => value.split(/[\s,]+/).flatMap((word) => (word === "" ? [] : [check(word)]));
}

/** As a browser writes it: scheme, host, port. */
function webOrigin(word: string): string {
  const url = URL.parse(word);
  if (url && /^https?:$/.test(url.protocol) && url.origin === word.toLowerCase()) return url.origin;
  throw new Error("must be origins such as https://console.example.com, separated by commas");
}

/** An address, a block of them, or a name for the usual ones. */
function network(word: string): string {
  const [address, bits, ...rest] = word.split("/") as [string, ...string[]];
  const most = isIP(address) === 4 ? 32 : 128;
  const isBlock = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  if (["loopback", "linklocal", "uniquelocal"].includes(word)) return word;
  if (isIP(address) !== 0 && isBlock && rest.length === 0) return word;
  throw new Error("must be addresses or blocks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal");
}

/** Every setting, once. */
export const settings = {
  host: setting({ variable: "PERIDIO_HOST", meaning: "Address to listen on", fallback: "127.0.0.1", read: text }),
  port: setting({
    variable: "PERIDIO_PORT",
    meaning: "Port to listen on; 0 takes any free one",
    fallback: "4000",
    read: integer(0, 65_535),
  }),
  publicUrl: setting({
    variable: "PERIDIO_PUBLIC_URL",
    meaning: "How clients reach the server; default: the address that each one used",
    fallback: "",
    read: httpUrl,
  }),
  contentPublicUrl: setting({
    variable: "PERIDIO_CONTENT_PUBLIC_URL",
    meaning: "How clients reach upload and download links; default: PERIDIO_PUBLIC_URL",
    fallback: "",
    read: httpUrl,
  }),
  trustedProxies: setting({
    variable: "PERIDIO_TRUSTED_PROXIES",
    meaning: "Proxies whose X-Forwarded-* headers count: addresses, blocks, or loopback; default: none",
    fallback: "",
    read: list(network),
  }),
  corsOrigins: setting({
    variable: "PERIDIO_CORS_ORIGINS",
    meaning: "Origins whose pages may call the API with a key, separated by commas; default: none",
    fallback: "",
    read: list(webOrigin),
  }),
  tlsCert: setting({
    variable: "PERIDIO_TLS_CERT",
    meaning: "File with the certificate, and those between it and its root; makes the server speak https",
    fallback: "",
    read: text,
  }),
  tlsKey: setting({
    variable: "PERIDIO_TLS_KEY",
    meaning: "File with its private key",
    fallback: "",
    read: text,
  }),
  tlsClientCa: setting({
    variable: "PERIDIO_TLS_CLIENT_CA",
    meaning: "File with authorities of client certificates; a certificate that none of them signed is refused",
    fallback: "",
    read: text,
  }),
  tlsClientCert: setting({
    variable: "PERIDIO_TLS_CLIENT_CERT",
    meaning: "optional or required: whether a client without a certificate is taken; default: required",
    fallback: "",
    read: (value) => (value === "" ? "" : oneOf("optional", "required")(value)),
  }),
  devicePort: setting({
    variable: "PERIDIO_DEVICE_PORT",
    meaning: "Port on which devices call the device API; 0 takes any free one; default: none",
    fallback: "",
    read: (value) => (value === "" ? null : integer(0, 65_535)(value)),
  }),
  deviceHost: setting({
    variable: "PERIDIO_DEVICE_HOST",
    meaning: "Address to listen on for devices; default: PERIDIO_HOST",
    fallback: "",
    read: text,
  }),
  deviceTlsCert: setting({
    variable: "PERIDIO_DEVICE_TLS_CERT",
    meaning: "File with the certificate that devices see, and those between it and its root",
    fallback: "",
    read: text,
  }),
  deviceTlsKey: setting({
    variable: "PERIDIO_DEVICE_TLS_KEY",
    meaning: "File with its private key",
    fallback: "",
    read: text,
  }),
  deviceCertHeader: setting({
    variable: "PERIDIO_DEVICE_CERT_HEADER",
    meaning:
      "client-cert (RFC 9440), x-ssl-client-cert (nginx) or x-forwarded-client-cert (Envoy): where trusted proxies put a device's certificate; default: none",
    fallback: "",
    read: (value) =>
      value === "" ? null : oneOf("client-cert", "x-ssl-client-cert", "x-forwarded-client-cert")(value.toLowerCase()),
  }),
  deviceRate: setting({
    variable: "PERIDIO_DEVICE_RATE_LIMIT",
    meaning: "Calls a minute for each device; 0 is no limit",
    fallback: "120",
    read: integer(0, 1_000_000_000),
  }),
  callerRate: setting({
    variable: "PERIDIO_RATE_LIMIT",
    meaning: "API requests a minute for each key or person; 0 is no limit",
    fallback: "30000",
    read: integer(0, 1_000_000_000),
  }),
  addressRate: setting({
    variable: "PERIDIO_RATE_LIMIT_ADDRESS",
    meaning: "API requests a minute for each address without a valid key; 0 is no limit",
    fallback: "1200",
    read: integer(0, 1_000_000_000),
  }),
  dataDirectory: setting({
    variable: "PERIDIO_DATA_DIR",
    meaning: "Where the embedded database, content and the server's secret live",
    fallback: "./data",
    read: path,
  }),
  databaseUrl: setting({
    variable: "PERIDIO_DATABASE_URL",
    meaning: "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME; default: peridio.db in the data directory",
    fallback: "",
    read: withScheme("sqlite:", "postgres://", "postgresql://"),
  }),
  databaseConnections: setting({
    variable: "PERIDIO_DATABASE_CONNECTIONS",
    meaning: "Connections to PostgreSQL of this process, at most",
    fallback: "10",
    read: integer(2, 1_000),
  }),
  databaseStatementTimeout: setting({
    variable: "PERIDIO_DATABASE_STATEMENT_TIMEOUT",
    meaning: "Seconds that one statement on PostgreSQL may take",
    fallback: "60",
    read: integer(1, 86_400),
  }),
  tracesEndpoint: setting({
    variable: "OTEL_EXPORTER_OTLP_ENDPOINT",
    meaning:
      "Where traces go by OTLP over HTTP, such as http://localhost:4318; empty for nowhere. Other OTEL_* variables (headers, sampler, service name) count as OpenTelemetry has them",
    fallback: "",
    read: httpUrl,
  }),
  contentUrl: setting({
    variable: "PERIDIO_CONTENT_URL",
    meaning:
      "file:PATH (with ?shared=true for several servers), s3://BUCKET/PREFIX?region=&endpoint=, gs://BUCKET/PREFIX, azblob://CONTAINER/PREFIX; default: content in the data directory",
    fallback: "",
    read: withScheme("file:", "s3://", "gs://", "azblob://"),
  }),
  deduplicate: setting({
    variable: "PERIDIO_DEDUPLICATE",
    meaning:
      "Whether an organization's binaries with the same content share it: true or false, which keeps each its own",
    fallback: "true",
    read: (value) => oneOf("true", "false")(value) === "true",
  }),
  compressAtRest: setting({
    variable: "PERIDIO_COMPRESS_AT_REST",
    meaning:
      "Share of a content that compressing it must save to be kept compressed, such as 0.1; 0 compresses nothing. Only where this server sends all content itself",
    fallback: "0",
    read: (value) => {
      const share = Number(value);
      if (value.trim() !== "" && share >= 0 && share < 1) return share;
      throw new Error("must be a share such as 0.1, from 0 to below 1");
    },
  }),
  downloads: setting({
    variable: "PERIDIO_DOWNLOADS",
    meaning: "redirect or stream: whether an object store sends content to clients itself, or through this server",
    fallback: "redirect",
    read: oneOf("redirect", "stream"),
  }),
  accelPath: setting({
    variable: "PERIDIO_ACCEL_PATH",
    meaning:
      "Internal location of nginx that serves the content directory, such as /content; default: content is sent here",
    fallback: "",
    read: (value) => {
      if (/^(\/[\w.-]+)*$/.test(value)) return value;
      throw new Error("must be a path such as /content");
    },
  }),
  origins: setting({
    variable: "PERIDIO_ORIGINS",
    meaning: "TOML file of the places that content is downloaded from (docs/delivery.md); default: this server",
    fallback: "",
    read: (value) => (value === "" ? "" : path(value)),
  }),
  regionHeader: setting({
    variable: "PERIDIO_REGION_HEADER",
    meaning:
      "Header in which a proxy names the client's region, such as cloudfront-viewer-country, to choose among them",
    fallback: "",
    read: headerName,
  }),
  redirectExpiry: setting({
    variable: "PERIDIO_REDIRECT_EXPIRY",
    meaning:
      "Seconds that a link past this server can be used to begin a request: a redirect to the store, or an origin's",
    fallback: "3600",
    read: integer(1, 604_800),
  }),
  bootstrapApiKey: setting({
    variable: "PERIDIO_BOOTSTRAP_API_KEY",
    meaning: "Value of the first API key, at least 16 characters; default: one is made and printed at first start",
    fallback: "",
    read: (value) => {
      if (value === "" || /^[\x21-\x7e]{16,200}$/.test(value)) return value;
      throw new Error("must be 16 to 200 printable characters without blanks");
    },
  }),
  bootstrapAdminEmail: setting({
    variable: "PERIDIO_BOOTSTRAP_ADMIN_EMAIL",
    meaning: "E-mail of the admin that the first start makes",
    fallback: "admin@localhost",
    read: (value) => {
      if (/^[^\s@]+@[^\s@]+$/.test(value)) return value;
      throw new Error("must be an e-mail address");
    },
  }),
  bootstrapAdminPassword: setting({
    variable: "PERIDIO_BOOTSTRAP_ADMIN_PASSWORD",
    meaning: "Password of that admin, at least 12 characters; default: one is made and printed at first start",
    fallback: "",
    read: (value) => {
      if (value === "" || (value.length >= 12 && value.length <= 256)) return value;
      throw new Error("must have 12 to 256 characters");
    },
  }),
  oidcIssuer: setting({
    variable: "PERIDIO_OIDC_ISSUER",
    meaning: "OpenID provider by which people may sign in; default: none",
    fallback: "",
    read: (value) => {
      const url = httpUrl(value);
      if (!url.startsWith("http:") || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url)) return url;
      throw new Error("must be https://, or http:// on this machine");
    },
  }),
  oidcClientId: setting({
    variable: "PERIDIO_OIDC_CLIENT_ID",
    meaning: "How this server is called there",
    fallback: "",
    read: text,
  }),
  oidcClientSecret: setting({
    variable: "PERIDIO_OIDC_CLIENT_SECRET",
    meaning: "Its secret there; none for a public client",
    fallback: "",
    read: text,
  }),
  secretKey: setting({
    variable: "PERIDIO_SECRET_KEY",
    meaning: "64 hex digits that encrypt secrets at rest; default: the file secret.key in the data directory",
    fallback: "",
    read: (value) => {
      if (value === "" || /^[0-9a-fA-F]{64}$/.test(value)) return value;
      throw new Error("must be 64 hex digits; make them with `openssl rand -hex 32`");
    },
  }),
  storedBytesQuota: setting({
    variable: "PERIDIO_QUOTA_STORED_BYTES",
    meaning: "Bytes that an organization may store; 0 is no limit",
    fallback: "0",
    read: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  binariesQuota: setting({
    variable: "PERIDIO_QUOTA_BINARIES",
    meaning: "Binaries that an organization may have, destroyed ones not counted; 0 is no limit",
    fallback: "0",
    read: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  partSizeQuota: setting({
    variable: "PERIDIO_QUOTA_PART_SIZE",
    meaning: "Bytes that one part may have; 0 is no limit",
    fallback: "0",
    read: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  monthlyDownloadQuota: setting({
    variable: "PERIDIO_QUOTA_MONTHLY_DOWNLOAD_BYTES",
    meaning: "Bytes that an organization may send in a month; 0 is no limit",
    fallback: "0",
    read: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  deltaAlgorithms: setting({
    variable: "PERIDIO_DELTA_ALGORITHMS",
    meaning: "Programs that make deltas, xdelta3 and zstd; 'none' for no deltas",
    fallback: "xdelta3,zstd",
    read: (value) => (value === "none" ? [] : list(oneOf("xdelta3", "zstd"))(value)) as DeltaAlgorithm[],
  }),
  deltaShare: setting({
    variable: "PERIDIO_DELTA_SHARE",
    meaning: "A delta is kept only if it is smaller than this share of the whole, 0.01 to 1",
    fallback: "0.6",
    read: (value) => {
      const share = Number(value);
      if (share >= 0.01 && share <= 1) return share;
      throw new Error("must be a number from 0.01 to 1");
    },
  }),
  deltaMemory: setting({
    variable: "PERIDIO_DELTA_MEMORY",
    meaning: "MiB of memory that a program which makes a delta may have",
    fallback: "1024",
    read: integer(64, 1_048_576),
  }),
  deltaTime: setting({
    variable: "PERIDIO_DELTA_TIME",
    meaning: "Seconds that such a program may take",
    fallback: "1800",
    read: integer(1, 86_400),
  }),
  deltaSources: setting({
    variable: "PERIDIO_DELTA_SOURCES",
    meaning:
      "For a new release, deltas are made from so many of the bundles that most devices run; 0 makes none unasked",
    fallback: "5",
    read: integer(0, 100),
  }),
  countryHeader: setting({
    variable: "PERIDIO_COUNTRY_HEADER",
    meaning: "Header in which a trusted proxy names the client's country, such as cf-ipcountry, for statistics",
    fallback: "",
    read: headerName,
  }),
  statisticsHourlyDays: setting({
    variable: "PERIDIO_STATISTICS_HOURLY_DAYS",
    meaning: "Days for which download statistics are kept by the hour; older ones are kept by the day",
    fallback: "90",
    read: integer(1, 3_650),
  }),
  unusualDownloadBytes: setting({
    variable: "PERIDIO_UNUSUAL_DOWNLOAD_BYTES",
    meaning: "Bytes that a key or an address may fetch in a day before it can be reported as unusual; 0 reports none",
    fallback: "10737418240",
    read: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  webhookAllowPrivate: setting({
    variable: "PERIDIO_WEBHOOK_ALLOW_PRIVATE",
    meaning: "true lets webhooks use http:// and addresses of this network; only for development",
    fallback: "false",
    read: (value) => oneOf("true", "false")(value) === "true",
  }),
  storeAllowPrivate: setting({
    variable: "PERIDIO_STORE_ALLOW_PRIVATE",
    meaning: "true lets organizations add content stores at http:// and at addresses of this network",
    fallback: "false",
    read: (value) => oneOf("true", "false")(value) === "true",
  }),
  webhookRetryTime: setting({
    variable: "PERIDIO_WEBHOOK_RETRY_TIME",
    meaning: "Seconds for which a delivery is tried again, and after which a webhook that only fails is disabled",
    fallback: "259200",
    read: integer(1, 31_536_000),
  }),
  webhookLogDays: setting({
    variable: "PERIDIO_WEBHOOK_LOG_DAYS",
    meaning: "Days for which ended deliveries are kept in the delivery log",
    fallback: "30",
    read: integer(1, 3_650),
  }),
  downloadExpiry: setting({
    variable: "PERIDIO_DOWNLOAD_EXPIRY",
    meaning: "Seconds that a download link lives",
    fallback: "86400",
    read: integer(1, 31_536_000),
  }),
  uploadExpiry: setting({
    variable: "PERIDIO_UPLOAD_EXPIRY",
    meaning: "Seconds that a part's upload link lives",
    fallback: "86400",
    read: integer(1, 31_536_000),
  }),
  uploadForgottenAfter: setting({
    variable: "PERIDIO_UPLOAD_FORGOTTEN_AFTER",
    meaning:
      "Seconds without any progress after which an upload that was begun is removed, never before its links end; 0 keeps all",
    fallback: "604800",
    read: integer(0, 315_360_000),
  }),
  retentionInterval: setting({
    variable: "PERIDIO_RETENTION_INTERVAL",
    meaning:
      "Seconds between two times that a rule of retention is applied, where it is enabled; 0 applies none by itself",
    fallback: "3600",
    read: integer(0, 31_536_000),
  }),
  archiveInterval: setting({
    variable: "PERIDIO_ARCHIVE_INTERVAL",
    meaning:
      "Seconds between two looks for content that is to go into, or come back from, the archive class of its store",
    fallback: "60",
    read: integer(1, 86_400),
  }),
  backupTarget: setting({
    variable: "PERIDIO_BACKUP_TARGET",
    meaning:
      "Where backups are, a folder or the address of a store: what the check in the background finds damaged is brought back from there; empty for nowhere",
    fallback: "",
    read: text,
  }),
  backupKey: setting({
    variable: "PERIDIO_BACKUP_KEY",
    meaning: "64 hex digits that encrypt backups; default: they are not encrypted",
    fallback: "",
    read: (value) => {
      if (value === "" || /^[0-9a-fA-F]{64}$/.test(value)) return value;
      throw new Error("must be 64 hex digits; make them with `openssl rand -hex 32`");
    },
  }),
  scrubRate: setting({
    variable: "PERIDIO_SCRUB_RATE",
    meaning: "Bytes a second at which all stored content is read and compared in the background; 0 never does",
    fallback: "8388608",
    read: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  scrubInterval: setting({
    variable: "PERIDIO_SCRUB_INTERVAL",
    meaning: "Seconds from the beginning of one such pass to the next, at least",
    fallback: "86400",
    read: integer(1, 31_536_000),
  }),
  idleTimeout: setting({
    variable: "PERIDIO_IDLE_TIMEOUT",
    meaning: "Seconds without any progress after which a connection is dropped; slow ones are never",
    fallback: "300",
    read: integer(1, 86_400),
  }),
  drainDelay: setting({
    variable: "PERIDIO_DRAIN_DELAY",
    meaning:
      "Seconds that the server goes on after SIGTERM while /readyz says 503, so that balancers send nobody any more",
    fallback: "0",
    read: integer(0, 3_600),
  }),
  drainTime: setting({
    variable: "PERIDIO_DRAIN_TIME",
    meaning: "Seconds that running transfers have to end after that",
    fallback: "30",
    read: integer(0, 86_400),
  }),
  logLevel: setting({
    variable: "PERIDIO_LOG_LEVEL",
    meaning: "fatal, error, warn, info, debug, trace or silent",
    fallback: "info",
    read: oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent"),
  }),
};

/** Never shown. */
const secretSettings = new Set([
  "secretKey",
  "backupKey",
  "databaseUrl",
  "bootstrapApiKey",
  "bootstrapAdminPassword",
  "oidcClientSecret",
]);

export type Config = { [K in keyof typeof settings]: ReturnType<(typeof settings)[K]["read"]> };

/**
 * Reads all settings from the environment.
 * @throws Error that names every wrong setting, its value (never of a secret) and what would be right.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([name, { variable, fallback, read }]) => {
    const given = environment[variable];
    const value = given === undefined || given === "" ? fallback : given;
    try {
      return [name, read(value)];
    } catch (error) {
      const shown = secretSettings.has(name) ? "" : `; got '${value}'`;
      problems.push(`${variable} ${(error as Error).message}${shown}`);
      return [name, undefined];
    }
  });
  for (const name of Object.keys(environment)) {
    if (name.startsWith("PERIDIO_") && !knownVariables.has(name)) {
      problems.push(`${name} is not a setting; see --help`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return Object.fromEntries(values) as Config;
}

/** Settings of the command-line client are often in the same environment; they are none of the server's business. */
const clientVariables = ["API_KEY", "BASE_URL", "CA_PATH", "API_VERSION", "PROFILE", "CONFIG_DIRECTORY"];

const knownVariables = new Set([
  ...Object.values(settings).map(({ variable }) => variable),
  ...clientVariables.map((name) => `PERIDIO_${name}`),
]);

/** One line a setting, for `--help`. */
export function describeSettings(): string {
  return Object.values(settings)
    .map(
      ({ variable, meaning, fallback }) =>
        `  ${variable.padEnd(28)} ${meaning}${fallback === "" ? "" : ` (default: ${fallback})`}`,
    )
    .join("\n");
}
