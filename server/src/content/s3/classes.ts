import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  RestoreObjectCommand,
  type S3Client,
  type StorageClass,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import type { ArchiveClass } from "../store.ts";
import type { S3Settings } from "./settings.ts";

/*
 * Objects change their class by being copied onto themselves, which the store does in one step: they are whole before and
 * after. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/sc-howtoset.html
 */

/** Bytes that one copy takes at most, and of a part of a larger one. */
const copies = { whole: 5_368_709_120, part: 1_073_741_824 };
const maxParts = 10_000;
/** Days that a restored copy stays; it is copied into its usual class as soon as it is there. */
const restoredDays = 3;

/** Classes from which nothing can be read before it is restored. */
const frozen = ["GLACIER", "DEEP_ARCHIVE"];
export const archiveClasses = ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", ...frozen];

export function archiveClassOf({ archiveStorageClass: name }: S3Settings): ArchiveClass | null {
  return name === null ? null : { name, readable: !frozen.includes(name) };
}

/** @param atRest what every new object is written with, but its class */
export function changingClasses(client: S3Client, settings: S3Settings, atRest: object, limits = copies) {
  const { bucket: Bucket } = settings;
  const usual = settings.storageClass ?? "STANDARD";

  async function look(Key: string) {
    const { StorageClass = "STANDARD", Restore } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return { storageClass: StorageClass as string, restore: Restore ?? "" };
  }

  async function copy(Key: string, size: number, to: string): Promise<void> {
    const CopySource = `${Bucket}/${Key.split("/").map(encodeURIComponent).join("/")}`;
    const target = { Bucket, Key, ...atRest, StorageClass: to as StorageClass };
    if (size <= limits.whole) {
      await client.send(new CopyObjectCommand({ ...target, CopySource }));
      return;
    }
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    try {
      const partSize = Math.max(limits.part, Math.ceil(size / maxParts));
      const Parts = [];
      for (let start = 0, PartNumber = 1; start < size; start += partSize, PartNumber++) {
        const CopySourceRange = `bytes=${start}-${Math.min(start + partSize, size) - 1}`;
        const part = { Bucket, Key, UploadId, PartNumber, CopySource, CopySourceRange };
        const { CopyPartResult } = await client.send(new UploadPartCopyCommand(part));
        Parts.push({ PartNumber, ETag: CopyPartResult!.ETag });
      }
      await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {});
      throw error;
    }
  }

  return {
    async archive(Key: string, size: number): Promise<void> {
      const wanted = settings.archiveStorageClass;
      if (wanted === null) throw new Error("this store has no class for archived content");
      if ((await look(Key)).storageClass !== wanted) await copy(Key, size, wanted);
    },

    async unarchive(Key: string, size: number): Promise<boolean> {
      const { storageClass, restore } = await look(Key);
      if (storageClass === usual) return true;
      if (frozen.includes(storageClass) && !restore.includes('ongoing-request="false"')) {
        if (restore.includes('ongoing-request="true"')) return false;
        const Tier = settings.restoreTier as "Standard";
        const RestoreRequest = { Days: restoredDays, GlacierJobParameters: { Tier } };
        await client.send(new RestoreObjectCommand({ Bucket, Key, RestoreRequest }));
        return false;
      }
      await copy(Key, size, usual);
      return true;
    },
  };
}
