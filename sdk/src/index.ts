export { parsePrn } from "@open-peridio/contract/prn";
export { parseSha256 } from "@open-peridio/contract/sha256";
export type { components, paths } from "./api.generated.ts";
export { ApiError, errorOf } from "./api-error.ts";
export { bodyOf, type Client, type ClientOptions, call, createClient } from "./client.ts";
export { hexToBase64 } from "./hex.ts";
export { blobSource, type Source } from "./source.ts";
export type { Transport } from "./transport.ts";
export { untilVerified } from "./upload/until-verified.ts";
export {
  type Binary,
  getBinary,
  type UploadOptions,
  type UploadProgress,
  uploadBinary,
} from "./upload/upload-binary.ts";
