import { createHash } from "node:crypto";
import { DefaultAzureCredential } from "@azure/identity";
import {
  BlobSASPermissions,
  BlobServiceClient,
  type BlockBlobClient,
  generateBlobSASQueryParameters,
  RestError,
  type SASQueryParameters,
  StorageSharedKeyCredential,
  type UserDelegationKey,
} from "@azure/storage-blob";
import { attachment } from "../../http/content-disposition.ts";
import { blockSizeFor, receiveBlocks } from "../blocks.ts";
import { partsFile } from "../filesystem.ts";
import { type ContentPlace, keyOf } from "../place.ts";
import { resuming } from "../resuming.ts";
import { type ObjectPart, type ObjectStore, type StoreLink, UploadGone } from "../store.ts";
import { reach } from "./reach.ts";
import type { AzureSettings } from "./settings.ts";

/** Bytes. Source: https://learn.microsoft.com/rest/api/storageservices/put-block */
const largestPart = 4_194_304_000;
/** Seconds that a user delegation key lives, and so what it signs. The account's key signs for as long as one likes. */
const delegationLife = 604_800;
const day = 86_400;
const year = 365 * day;
const maxBlocks = 50_000;
/** Seconds for which a link was good before it was made: clocks differ. */
const skew = 300;

/** Blocks of one blob have names of one length. */
const blockName = (index: number): string => Buffer.from(`part-${String(index).padStart(6, "0")}`).toString("base64");
const indexOf = (name: string): number => Number(Buffer.from(name, "base64").toString().slice("part-".length));

/**
 * The lease that closes a blob once it is complete: who has a link to send parts could otherwise change it. The same for
 * every replica, so that each can do what another began.
 */
function leaseOf(place: ContentPlace): string {
  const hex = createHash("sha256")
    .update(`open-peridio lease ${keyOf(place)}`)
    .digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** A container of Azure Blob Storage: parts are blocks of a block blob. */
export function openAzureStore(settings: AzureSettings): ObjectStore {
  const shared = settings.key === null ? null : new StorageSharedKeyCredential(settings.account, settings.key);
  const limits = { part: largestPart, link: shared ? year : delegationLife };
  const reaching = reach(settings);
  const service = new BlobServiceClient(settings.endpoint, shared ?? new DefaultAzureCredential(), {
    ...reaching.options,
    retryOptions: { maxTries: 5, tryTimeoutInMs: settings.timeout * 1000, retryDelayInMs: 200 },
  });
  const container = service.getContainerClient(settings.container);
  const directory = (place: ContentPlace): string => `${settings.prefix}${keyOf(place)}/`;
  const blob = (place: ContentPlace, file: string): BlockBlobClient =>
    container.getBlockBlobClient(directory(place) + file);
  const atRest = settings.encryptionScope === null ? {} : { encryptionScope: settings.encryptionScope };
  let delegation: UserDelegationKey | null = null;

  /** Signs by the account's key, or by one that Azure lends for up to seven days. */
  async function sign(name: string, permissions: string, lives: number, filename?: string): Promise<StoreLink> {
    // A signature has whole seconds.
    const now = Math.floor(Date.now() / 1000) * 1000;
    const values = {
      containerName: settings.container,
      blobName: name,
      permissions: BlobSASPermissions.parse(permissions),
      startsOn: new Date(now - skew * 1000),
      expiresOn: new Date(now + Math.min(limits.link, lives) * 1000),
      ...(filename !== undefined && {
        contentDisposition: attachment(filename),
        contentType: "application/octet-stream",
      }),
      ...atRest,
    };
    let parameters: SASQueryParameters;
    if (shared) parameters = generateBlobSASQueryParameters(values, shared);
    else {
      // The longest links would each need a new key: within a day they end with the one there is.
      const enough = Math.min(values.expiresOn.getTime(), now + (delegationLife - day) * 1000);
      if (!delegation || delegation.signedExpiresOn.getTime() < enough) {
        delegation = await service.getUserDelegationKey(values.startsOn, new Date(now + delegationLife * 1000));
      }
      if (values.expiresOn > delegation.signedExpiresOn) values.expiresOn = delegation.signedExpiresOn;
      parameters = generateBlobSASQueryParameters(values, delegation, settings.account);
    }
    const base = (settings.publicEndpoint ?? settings.endpoint).replace(/\/+$/, "");
    const path = [settings.container, ...name.split("/")].map(encodeURIComponent).join("/");
    return { url: `${base}/${path}?${parameters}`, expiresAt: values.expiresOn };
  }

  async function commit(target: BlockBlobClient, indexes: readonly number[]): Promise<void> {
    await target.commitBlockList(indexes.map(blockName), {
      ...(settings.tier !== null && { tier: settings.tier }),
      ...atRest,
    });
  }

  async function sizeOf(place: ContentPlace, file: string): Promise<number | null> {
    const found = await blob(place, file).getProperties().catch(unless("BlobNotFound", "404"));
    return found?.contentLength ?? null;
  }

  /** Changes the tier, also of one that is closed. */
  async function setTier(place: ContentPlace, target: BlockBlobClient, tier: string): Promise<void> {
    const { leaseState } = await target.getProperties();
    const closed = leaseState === "leased" ? { conditions: { leaseId: leaseOf(place) } } : {};
    await target.setAccessTier(tier, closed);
  }

  /** Also one that is closed, and blocks that were never made a blob. */
  async function removeBlob(place: ContentPlace, name: string): Promise<void> {
    const target = container.getBlockBlobClient(name);
    const found = await target.getProperties().catch(unless("BlobNotFound", "404"));
    const closed = found?.leaseState === "leased" ? { conditions: { leaseId: leaseOf(place) } } : {};
    // What has only blocks can't be deleted; what was made of none of them can.
    if (!found) await target.commitBlockList([], atRest);
    await target.delete({ deleteSnapshots: "include", ...closed }).catch(unless("BlobNotFound"));
  }

  /** Names below a place, uncommitted ones too; there are only a few. */
  async function namesAt(place: ContentPlace): Promise<string[]> {
    const names: string[] = [];
    const found = container.listBlobsFlat({ prefix: directory(place), includeUncommitedBlobs: true });
    for await (const { name } of found) names.push(name);
    return names;
  }

  return {
    kind: "objects",
    limits,
    sizeOf,
    archiveClass:
      settings.archiveTier === null
        ? null
        : { name: settings.archiveTier, readable: settings.archiveTier !== "Archive" },

    async archive(place, file) {
      const target = blob(place, file);
      if (settings.archiveTier === null) throw new Error("this store has no tier for archived content");
      const { accessTier } = await target.getProperties();
      if (accessTier !== settings.archiveTier) await setTier(place, target, settings.archiveTier);
    },

    async unarchive(place, file) {
      const target = blob(place, file);
      const usual = settings.tier ?? "Hot";
      const { accessTier, archiveStatus } = await target.getProperties();
      if (archiveStatus) return false;
      if (accessTier === usual) return true;
      await setTier(place, target, usual);
      // Out of the archive it is on its way for hours; of all else it is there at once.
      return accessTier !== "Archive";
    },

    async check() {
      await container.getProperties();
    },

    // Blocks belong to the blob's name, which belongs to this upload alone.
    beginUpload: async (place) => keyOf(place),

    async partLink(place, _upload, { index }, lives) {
      const { url } = await sign(blob(place, partsFile).name, "w", lives);
      return `${url}&comp=block&blockid=${encodeURIComponent(blockName(index))}`;
    },

    async listParts(place) {
      const found = await blob(place, partsFile).getBlockList("uncommitted").catch(unless("BlobNotFound", "404"));
      const blocks = found?.uncommittedBlocks ?? [];
      return blocks
        .map(({ name, size }): ObjectPart => ({ index: indexOf(name), size, hash: null, tag: name }))
        .sort((a, b) => a.index - b.index);
    },

    async completeUpload(place, upload, parts) {
      const target = blob(place, partsFile);
      const lease = target.getBlobLeaseClient(leaseOf(place));
      try {
        await commit(
          target,
          parts.map(({ index }) => index),
        );
      } catch (error) {
        // Closed already, by an attempt whose answer was lost.
        if (isNamed(error, "LeaseIdMissing")) return;
        if (!isNamed(error, "InvalidBlockList")) throw error;
        const size = parts.reduce((sum, part) => sum + part.size, 0);
        if ((await sizeOf(place, partsFile)) !== size) throw new UploadGone(`the store forgot blocks of ${upload}`);
      }
      await lease.acquireLease(-1);
    },

    async receiveWhole(place, file, limit, body, signal) {
      const target = blob(place, file);
      const blockSize = blockSizeFor(limit, maxBlocks);
      const put = async (index: number, block: Buffer): Promise<void> => {
        const transactionalContentMD5 = createHash("md5").update(block).digest();
        await target.stageBlock(blockName(index), block, block.length, { transactionalContentMD5, ...atRest });
        blocks = Math.max(blocks, index);
      };
      let blocks = 0;
      let done = false;
      try {
        const received = await receiveBlocks(body, limit, signal, { blockSize, put });
        if (received.tooLong) return received;
        await commit(
          target,
          Array.from({ length: blocks }, (_, at) => at + 1),
        );
        done = true;
        return received;
      } finally {
        if (!done && blocks > 0) await removeBlob(place, target.name);
      }
    },

    async *chunks(place, file, start, end) {
      const target = blob(place, file);
      yield* resuming(
        async (from, to, abortSignal) => {
          const { readableStreamBody } = await target.download(from, to - from + 1, {
            abortSignal,
            maxRetryRequests: 0,
          });
          return readableStreamBody as AsyncIterable<Buffer>;
        },
        start,
        end,
      );
    },

    downloadLink: (place, file, filename, lives) => sign(blob(place, file).name, "r", lives, filename),

    linkLimit: async () =>
      shared
        ? { seconds: limits.link, because: "as far as this server goes" }
        : { seconds: limits.link, because: "as a key lives that Azure lends to an identity" },

    async *entries(after) {
      for await (const { name, properties } of container.listBlobsFlat({ prefix: settings.prefix })) {
        const key = name.slice(settings.prefix.length);
        // Azure lists from the beginning; a page costs as much as the store has names.
        if (key > after) yield { key, size: properties.contentLength ?? 0, modifiedAt: properties.lastModified };
      }
    },

    async *openUploads() {
      const found = container.listBlobsFlat({ prefix: settings.prefix, includeUncommitedBlobs: true });
      for await (const { name, properties } of found) {
        if (properties.contentLength) continue;
        // What has only blocks is listed, and not there.
        if (await container.getBlockBlobClient(name).getProperties().catch(unless("BlobNotFound", "404"))) continue;
        const key = name.slice(settings.prefix.length);
        yield { key, upload: key, touchedAt: properties.lastModified };
      }
    },

    abortUpload: (place, file) => removeBlob(place, blob(place, file).name),

    close: () => reaching.close(),

    removeFile: async (place, file) => {
      if ((await namesAt(place)).includes(blob(place, file).name)) await removeBlob(place, blob(place, file).name);
    },

    async removeOthers(place, keep) {
      const others = (await namesAt(place)).filter((name) => name !== blob(place, keep).name);
      await Promise.all(others.map((name) => removeBlob(place, name)));
    },

    async remove(place) {
      const names = await namesAt(place);
      await Promise.all(names.map((name) => removeBlob(place, name)));
    },
  };
}

function isNamed(error: unknown, ...names: string[]): boolean {
  if (!(error instanceof RestError)) return false;
  return names.includes(error.code ?? "") || names.includes(String(error.statusCode));
}

/** Takes these errors for "there is nothing". */
function unless(...names: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!isNamed(error, ...names)) throw error;
  };
}
