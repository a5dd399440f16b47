import { type Static, Type } from "typebox";
import { Timestamp } from "./common.ts";

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** What is kept in one store. */
export const StoreFigures = Type.Object(
  {
    content_store_prn: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "The organization's store; null for the server's own.",
    }),
    binaries: count("Binaries that have content there, or are being uploaded to it."),
    plain_bytes: count("The sizes of all whole contents, as if each binary had its own."),
    stored_bytes: count("What counts as stored: each content once, and uploads that are not complete."),
    deduplicated_bytes: count("What needn't be stored, because binaries share a content."),
    compression_saved_bytes: count("What compressing at rest saves of that: the store has so much less."),
    archived_bytes: count("Of the plain bytes: what is in a class for archived content."),
    unfinished_uploads: Type.Object({ binaries: count("Uploads that are not complete."), bytes: count("Theirs.") }),
    deltas: Type.Object({ count: count("Deltas that are kept."), bytes: count("Theirs.") }),
    waiting_for_removal: count("Contents that nothing needs any more and that are not removed yet."),
  },
  { title: "StoreFigures" },
);
export type StoreFigures = Static<typeof StoreFigures>;

export const StorageFigures = Type.Object(
  {
    as_of: Timestamp,
    stores: Type.Array(StoreFigures),
  },
  { title: "StorageFigures" },
);
export type StorageFigures = Static<typeof StorageFigures>;
