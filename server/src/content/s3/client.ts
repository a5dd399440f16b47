import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { publicOnly } from "../../http/address-guard.ts";
import type { S3Settings } from "./settings.ts";

/** Milliseconds to reach the store. */
const connectTime = 5_000;
const maxAttempts = 5;
const maxSockets = 200;

/** @param endpoint null for Amazon's own */
export function makeClient(settings: S3Settings, endpoint: string | null): S3Client {
  const time = settings.timeout * 1000;
  const agent = { maxSockets, ...(settings.publicOnly && { lookup: publicOnly() as never }) };
  return new S3Client({
    region: settings.region,
    ...(endpoint !== null && { endpoint }),
    forcePathStyle: settings.pathStyle,
    credentials: credentialsOf(settings),
    maxAttempts,
    // What the SDK would add by itself (CRC32) several stores refuse.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: connectTime,
      requestTimeout: time,
      throwOnRequestTimeout: true,
      socketTimeout: time,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}

type Credentials = NonNullable<S3ClientConfig["credentials"]>;

/** Those given, or what the environment offers, or a role that is assumed with that. */
export function credentialsOf({ credentials, profile, role, externalId, region }: S3Settings): Credentials {
  if (credentials && role === null) return credentials;
  const own: Credentials = credentials ?? (profile === null ? fromNodeProviderChain() : fromIni({ profile }));
  if (role === null) return own;
  return fromTemporaryCredentials({
    masterCredentials: own,
    params: {
      RoleArn: role,
      RoleSessionName: "peridio-server",
      ...(externalId !== null && { ExternalId: externalId }),
    },
    clientConfig: { region },
  });
}
