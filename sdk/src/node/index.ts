/** The SDK with what only Node can do: files, added certificate authorities, keys. */
export * from "../index.ts";
export { type PullOptions, pullBundle } from "./archive/pull.ts";
export { type PushOptions, pushBundle } from "./archive/push.ts";
export { type AuditHead, type TrailAnchor, type TrailReport, verifyTrail } from "./audit.ts";
export * from "./device/index.ts";
export { downloadToFile } from "./download.ts";
export { type FileSource, fileSource } from "./file-source.ts";
export { hashFile, type KeyPairFiles, makeKeyPair, publicKeyValue, signHash, signLocally } from "./signing.ts";
export { type NodeTransportOptions, nodeTransport } from "./transport.ts";
