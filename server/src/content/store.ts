import type { Readable } from "node:stream";
import type { FilesystemStore } from "./filesystem.ts";
import type { ContentPlace } from "./place.ts";
import type { Received } from "./receive.ts";

/** Where the bytes of binaries are kept: files that this server writes, or objects that clients write themselves. */
export type ContentStore = FilesystemStore | ObjectStore;

/** What every kind of store can do. All that it says is done is durable. */
export interface AnyStore {
  /** Whether content can be written here at all. @throws what the store says. */
  check(): Promise<void>;

  /** Streams a body into a new file. Of one that is too long or breaks off nothing is kept. @throws the signal's reason */
  receiveWhole(
    place: ContentPlace,
    file: string,
    limit: number,
    body: Readable,
    signal: AbortSignal,
  ): Promise<Received>;

  /** Bytes `start` to `end`, both included, of one read after the other; a chunk is good until the next is asked for. */
  chunks(place: ContentPlace, file: string, start: number, end: number): AsyncIterable<Buffer>;

  /** Bytes of a file; null when it isn't there. */
  sizeOf(place: ContentPlace, file: string): Promise<number | null>;

  /** All that is kept, in the order of the keys, behind the given one; empty for the beginning. */
  entries(after: string): AsyncIterable<StoredEntry>;

  /** Removes one file; one that isn't there is no error. */
  removeFile(place: ContentPlace, file: string): Promise<void>;

  /** Removes all files of a place but the named one; a place that isn't there is no error. */
  removeOthers(place: ContentPlace, keep: string): Promise<void>;

  /** Removes all that is at a place, for good, and ends the uploads to it. */
  remove(place: ContentPlace): Promise<void>;
}

/** A file as a store lists it. */
export interface StoredEntry {
  /** `ORGANIZATION/BINARY/REVISION/FILE` for content; there may be other things. */
  key: string;
  /** Bytes. */
  size: number;
  modifiedAt: Date;
}

/** An upload of parts that a store has begun and not ended. */
export interface OpenUpload {
  key: string;
  /** How the store calls it. */
  upload: string;
  /** When it began, or its last part came. */
  touchedAt: Date;
}

/** A part as an object store has it. */
export interface ObjectPart {
  index: number;
  /** Bytes. */
  size: number;
  /** SHA-256 that the store has checked, lowercase hex; null where it doesn't check or tell. */
  hash: string | null;
  /** How the store recognises these very bytes. */
  tag: string;
}

/** A part that a client is about to send. */
export interface PartToSend {
  index: number;
  size: number;
  /** SHA-256, lowercase hex. */
  hash: string;
}

export interface StoreLink {
  url: string;
  /** When it really ends. */
  expiresAt: Date;
}

/** The longest life of a link. */
export interface LinkLimit {
  seconds: number;
  /** Ends a sentence that says this number. */
  because: string;
}

/** A class of a store in which archived content is kept for less. */
export interface ArchiveClass {
  /** As the store calls it. */
  name: string;
  /** Whether content can be read there, without being restored first. */
  readable: boolean;
}

/** Objects behind HTTP: clients send parts and fetch content by links that the store checks. */
export interface ObjectStore extends AnyStore {
  kind: "objects";

  /** Largest part (bytes), and longest life of a link (seconds). */
  limits: { part: number; link: number };

  /** Begins an upload of parts to `partsFile`. Returns how the store calls it. */
  beginUpload(place: ContentPlace): Promise<string>;

  /** A link to which exactly this part is PUT. @param lives seconds */
  partLink(place: ContentPlace, upload: string, part: PartToSend, lives: number): Promise<string>;

  /** The parts that have arrived, by index. */
  listParts(place: ContentPlace, upload: string): Promise<ObjectPart[]>;

  /**
   * Makes `partsFile` of these parts, in this order; from then on nobody changes it by a link. Done again, it does nothing.
   * @throws UploadGone when the store forgot the upload
   */
  completeUpload(place: ContentPlace, upload: string, parts: readonly ObjectPart[]): Promise<void>;

  /** Uploads of parts that began and did not end. */
  openUploads(): AsyncIterable<OpenUpload>;

  /** Ends one of them; one that isn't there is no error. */
  abortUpload(place: ContentPlace, file: string, upload: string): Promise<void>;

  /** A link by which a file is fetched. @param lives seconds; less where what signs it dies earlier */
  downloadLink(place: ContentPlace, file: string, filename: string, lives: number): Promise<StoreLink>;

  /** How long its links can live, by the credentials that it has now. */
  linkLimit(): Promise<LinkLimit>;

  /** Where archived content goes; null when it stays where it is. */
  archiveClass: ArchiveClass | null;

  /** Brings a file into that class, whole at every moment; done again, it does nothing. @param size of all of it, in bytes */
  archive(place: ContentPlace, file: string, size: number): Promise<void>;

  /** Brings a file back from whatever class it is in. False while the store is at it: to be asked again. */
  unarchive(place: ContentPlace, file: string, size: number): Promise<boolean>;

  /** Lets go of its connections; those in use break. */
  close(): void;
}

/** The store knows nothing of an upload any more: it was ended there, by somebody or by age. */
export class UploadGone extends Error {}
