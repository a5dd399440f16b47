import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListPartsCommand,
  PutObjectCommand,
  type S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { attachment } from "../../http/content-disposition.ts";
import { blockSizeFor, receiveBlocks } from "../blocks.ts";
import { partsFile } from "../filesystem.ts";
import { type ContentPlace, keyOf } from "../place.ts";
import { resuming } from "../resuming.ts";
import { type ObjectPart, type ObjectStore, UploadGone } from "../store.ts";
import { archiveClassOf, changingClasses } from "./classes.ts";
import { makeClient } from "./client.ts";
import type { S3Settings } from "./settings.ts";

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html, and presigned URLs by Signature Version 4. */
const limits = { part: 5_368_709_120, link: 604_800 };
const maxParts = 10_000;
/** Seconds that no temporary credentials outlive. Source: the AWS Security Token Service, GetSessionToken. */
const longestSession = 129_600;
/** Seconds by which a link must be signed before it is handed out: less than this is no link. */
const shortestLink = 1;

const toBase64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");
const fromBase64 = (text: string): string => Buffer.from(text, "base64").toString("hex");

/** A bucket of S3, or of a store that speaks its protocol. */
export function openS3Store(settings: S3Settings): ObjectStore {
  const { bucket: Bucket, prefix } = settings;
  const client = makeClient(settings, settings.endpoint);
  const linking = makeClient(settings, settings.publicEndpoint ?? settings.endpoint);
  const directory = (place: ContentPlace): string => `${prefix}${keyOf(place)}/`;
  const keyFor = (place: ContentPlace, file: string): string => directory(place) + file;
  const encrypted = {
    ...(settings.encryption !== null && { ServerSideEncryption: settings.encryption as "AES256" }),
    ...(settings.kmsKey !== null && { SSEKMSKeyId: settings.kmsKey }),
  };
  const atRest = {
    ...encrypted,
    ...(settings.storageClass !== null && { StorageClass: settings.storageClass as "STANDARD" }),
  };
  const classes = changingClasses(client, settings, encrypted);
  const checked = (hash: string) => (settings.checksums ? { ChecksumSHA256: toBase64(hash) } : {});

  async function begin(Key: string): Promise<string> {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({
        Bucket,
        Key,
        ...atRest,
        ...(settings.checksums && { ChecksumAlgorithm: "SHA256", ChecksumType: "COMPOSITE" }),
      }),
    );
    return UploadId!;
  }

  async function complete(Key: string, UploadId: string, parts: readonly ObjectPart[]): Promise<void> {
    const Parts = parts.map(({ index, tag, hash }) => ({
      PartNumber: index,
      ETag: tag,
      ...(settings.checksums && hash !== null && { ChecksumSHA256: toBase64(hash) }),
    }));
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  }

  async function abort(Key: string, UploadId: string): Promise<void> {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(unless("NoSuchUpload"));
  }

  async function removeKey(Key: string): Promise<void> {
    await client.send(new DeleteObjectCommand({ Bucket, Key })).catch(unless("NoSuchKey"));
  }

  /** Keys below a place; there are only a few. */
  async function keysAt(place: ContentPlace): Promise<string[]> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: directory(place) }));
    return Contents.map(({ Key }) => Key!);
  }

  async function sizeOf(place: ContentPlace, file: string): Promise<number | null> {
    const found = await client
      .send(new HeadObjectCommand({ Bucket, Key: keyFor(place, file) }))
      .catch(unless("NotFound", "NoSuchKey"));
    return found?.ContentLength ?? null;
  }

  return {
    kind: "objects",
    limits,
    sizeOf,
    archiveClass: archiveClassOf(settings),
    archive: (place, file, size) => classes.archive(keyFor(place, file), size),
    unarchive: (place, file, size) => classes.unarchive(keyFor(place, file), size),

    async check() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },

    beginUpload: (place) => begin(keyFor(place, partsFile)),

    async partLink(place, UploadId, { index, size, hash }, lives) {
      const Key = keyFor(place, partsFile);
      const part = { Bucket, Key, UploadId, PartNumber: index, ContentLength: size, ChecksumSHA256: toBase64(hash) };
      return getSignedUrl(linking, new UploadPartCommand(part), {
        expiresIn: lifeOf(lives),
        // Signed as a header, which official clients send; as a parameter not every store looks at it.
        unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
      });
    },

    async listParts(place, UploadId) {
      const parts: ObjectPart[] = [];
      let PartNumberMarker: string | undefined;
      try {
        do {
          const request = { Bucket, Key: keyFor(place, partsFile), UploadId, PartNumberMarker };
          const page = await client.send(new ListPartsCommand(request));
          for (const { PartNumber, Size, ETag, ChecksumSHA256 } of page.Parts ?? []) {
            const hash = ChecksumSHA256 ? fromBase64(ChecksumSHA256) : null;
            parts.push({ index: PartNumber!, size: Size!, hash, tag: ETag! });
          }
          // Stores name a next page also where there is none.
          PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
        } while (PartNumberMarker !== undefined);
      } catch (error) {
        if (isNamed(error, "NoSuchUpload")) throw new UploadGone(`the store forgot the upload ${UploadId}`);
        throw error;
      }
      return parts;
    },

    async completeUpload(place, upload, parts) {
      try {
        await complete(keyFor(place, partsFile), upload, parts);
      } catch (error) {
        if (!isNamed(error, "NoSuchUpload", "InvalidPart")) throw error;
        // Completed already, by an attempt whose answer was lost; or forgotten.
        const size = parts.reduce((sum, part) => sum + part.size, 0);
        if ((await sizeOf(place, partsFile)) !== size) throw new UploadGone(`the store forgot the upload ${upload}`);
      }
    },

    async receiveWhole(place, file, limit, body, signal) {
      const Key = keyFor(place, file);
      const blockSize = blockSizeFor(limit, maxParts);
      const parts: ObjectPart[] = [];
      let upload: Promise<string> | null = null;
      const put = async (index: number, block: Buffer): Promise<void> => {
        const hash = createHash("sha256").update(block).digest("hex");
        if (index === 1 && block.length < blockSize) {
          await client.send(new PutObjectCommand({ Bucket, Key, Body: block, ...atRest, ...checked(hash) }));
          return;
        }
        upload ??= begin(Key);
        const part = { Bucket, Key, UploadId: await upload, PartNumber: index, Body: block, ...checked(hash) };
        const { ETag } = await client.send(new UploadPartCommand(part));
        parts.push({ index, size: block.length, hash, tag: ETag! });
      };
      let done = false;
      try {
        const received = await receiveBlocks(body, limit, signal, { blockSize, put });
        if (received.tooLong) return received;
        parts.sort((a, b) => a.index - b.index);
        if (upload) await complete(Key, await upload, parts);
        done = true;
        return received;
      } finally {
        if (!done) await (upload ? abort(Key, await upload) : removeKey(Key));
      }
    },

    async *chunks(place, file, start, end) {
      const Key = keyFor(place, file);
      yield* resuming(
        async (from, to, abortSignal) => {
          const command = new GetObjectCommand({ Bucket, Key, Range: `bytes=${from}-${to}` });
          const { Body } = await client.send(command, { abortSignal });
          return Body as AsyncIterable<Uint8Array>;
        },
        start,
        end,
      );
    },

    async downloadLink(place, file, filename, lives) {
      const command = new GetObjectCommand({
        Bucket,
        Key: keyFor(place, file),
        ResponseContentDisposition: attachment(filename),
        ResponseContentType: "application/octet-stream",
      });
      // A signature has whole seconds.
      const signingDate = new Date(Math.floor(Date.now() / 1000) * 1000);
      const expiresIn = lifeOf(lives);
      // A link dies with temporary credentials. Of those that stand in the environment nobody knows when that is.
      const { expiration } = await linking.config.credentials();
      const url = await getSignedUrl(linking, command, { expiresIn, signingDate });
      const ends = Math.min(
        signingDate.getTime() + expiresIn * 1000,
        expiration?.getTime() ?? Number.POSITIVE_INFINITY,
      );
      return { url, expiresAt: new Date(ends) };
    },

    async linkLimit() {
      const { sessionToken } = await linking.config.credentials();
      return sessionToken === undefined
        ? { seconds: limits.link, because: "as Signature Version 4 allows" }
        : { seconds: longestSession, because: "as no temporary credentials outlive, and links die with them" };
    },

    async *entries(after) {
      let StartAfter: string | undefined = after === "" ? undefined : prefix + after;
      do {
        const page: ListObjectsV2CommandOutput = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, StartAfter }),
        );
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          yield { key: Key!.slice(prefix.length), size: Size!, modifiedAt: LastModified! };
        }
        StartAfter = page.IsTruncated ? page.Contents?.at(-1)?.Key : undefined;
      } while (StartAfter !== undefined);
    },

    async *openUploads() {
      let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | null = {};
      do {
        const page: ListMultipartUploadsCommandOutput = await client.send(
          new ListMultipartUploadsCommand({ Bucket, Prefix: prefix, ...markers }),
        );
        for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
          const parts = await client
            .send(new ListPartsCommand({ Bucket, Key, UploadId }))
            .catch(unless("NoSuchUpload"));
          if (!parts) continue;
          const times = (parts.Parts ?? []).map(({ LastModified }) => LastModified?.getTime() ?? 0);
          const touchedAt = new Date(Math.max(Initiated?.getTime() ?? 0, ...times));
          yield { key: Key!.slice(prefix.length), upload: UploadId!, touchedAt };
        }
        markers = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : null;
      } while (markers !== null);
    },

    abortUpload: (place, file, upload) => abort(keyFor(place, file), upload),

    close() {
      client.destroy();
      linking.destroy();
    },

    removeFile: (place, file) => removeKey(keyFor(place, file)),

    async removeOthers(place, keep) {
      const others = (await keysAt(place)).filter((key) => key !== keyFor(place, keep));
      await Promise.all(others.map(removeKey));
    },

    async remove(place) {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: directory(place) }));
      await Promise.all(Uploads.map(({ Key, UploadId }) => abort(Key!, UploadId!)));
      await Promise.all((await keysAt(place)).map(removeKey));
    },
  };
}

function lifeOf(seconds: number): number {
  return Math.max(shortestLink, Math.min(limits.link, Math.floor(seconds)));
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return names.includes((error as S3ServiceException).name);
}

/** Takes these errors for "there is nothing". */
function unless(...names: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!isNamed(error, ...names)) throw error;
  };
}
