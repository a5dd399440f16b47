import type { StoreTestStep } from "@open-peridio/contract";
import { storeStatus } from "../content/store-errors.ts";

/** Characters of a store's words that are passed on. */
const maxWords = 300;

/** What a store, or the way to it, says was wrong: in one line, without what was sent. */
export function wordsOf(error: unknown): string {
  const { name = "", message = "", code } = error as { name?: string; message?: string; code?: unknown };
  const cause = error instanceof AggregateError ? (error.errors[0] as Error).message : message;
  const status = storeStatus(error);
  const title = typeof code === "string" ? code : name === "Error" ? "" : name;
  // The SDKs call it so when a HEAD failed, whose answer has no words.
  const text = cause === "UnknownError" || cause === title ? "" : (cause.split("\n")[0] ?? "");
  const said = [title, text].filter(Boolean).join(": ") || "no answer";
  return `${said.slice(0, maxWords)}${status === undefined ? "" : ` (${status})`}`;
}

/** What would help, as far as that can be told. */
export function hintFor(step: StoreTestStep, error: unknown): string {
  const { code = "", name = "" } = error as { code?: string; name?: string };
  if (code === "FORBIDDEN_ADDRESS") {
    return "only addresses of the public internet are reached; the operator can set PERIDIO_STORE_ALLOW_PRIVATE";
  }
  if (networkTroubles.has(code) || name === "TimeoutError") {
    return "the server doesn't reach it; is the endpoint, with its port, the right one?";
  }
  const status = storeStatus(error);
  if (step !== "assume_role" && status === 404) return "the bucket or container doesn't exist there; create it";
  return hints[step];
}

const networkTroubles = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"]);

const hints: Record<StoreTestStep, string> = {
  assume_role:
    "the role's trust policy must allow this server's principal sts:AssumeRole with sts:ExternalId equal to external_id",
  reach: "do the credentials belong to it, and is the region right? They need s3:ListBucket",
  begin_upload: "the credentials need s3:PutObject (Azure: write)",
  refuse_wrong_bytes: "a store that doesn't check SHA-256 needs checksums=false in its address",
  upload_part:
    "clients must be able to PUT by a link; a store that refuses SHA-256 needs checksums=false in its address",
  list_parts: "the credentials need s3:ListMultipartUploadParts",
  complete_upload: "the credentials need s3:PutObject (Azure: write)",
  read_size: "the credentials need s3:GetObject (Azure: read)",
  read_range: "the credentials need s3:GetObject (Azure: read)",
  download: "clients must be able to GET by a link; is public_endpoint the right one?",
  refuse_strangers: "the bucket or container must not be public: what is revoked could still be fetched",
  abort_upload: "the credentials need s3:AbortMultipartUpload and s3:ListBucketMultipartUploads",
  delete: "the credentials need s3:DeleteObject and s3:ListBucket (Azure: delete)",
};
