import type { Kysely } from "kysely";
import type { FollowingHash, Hasher } from "../content/hasher.ts";
import { type ContentPlace, keyOf } from "../content/place.ts";
import { prepared } from "../database/prepared.ts";
import type { BinaryRow, Tables } from "../database/tables.ts";
import { partsOf } from "./completeness.ts";
import { placeOf } from "./transitions.ts";

/** Uploads whose hash is kept running at once; beyond that the longest quiet one starts over when it is needed. */
const maxTrails = 64;

interface Trail {
  place: ContentPlace;
  hash: FollowingHash;
  /** Hashes of the parts that were followed, from part 1 on. */
  followed: string[];
  bytes: number;
  /** The look for more parts that is going on, and whether to look again after it. */
  looking: Promise<void> | null;
  lookAgain: boolean;
}

/** The next parts behind a prefix: enough to catch up quickly, few enough to cost nothing. */
const partsAfter = prepared((db: Kysely<Tables>, organizationId: string, binaryId: string, after: number) =>
  db
    .selectFrom("binary_parts")
    .select(["part_index", "hash", "size", "state", "content_offset"])
    .where("organization_id", "=", organizationId)
    .where("binary_id", "=", binaryId)
    .where("part_index", ">", after)
    .orderBy("part_index")
    .limit(32),
);

/**
 * Hashes uploads right behind their parts: whole-file hashing follows the prefix of valid parts that has no gap, while
 * later parts still arrive. When the upload is complete, only the tail is left to hash.
 */
export function trackTrails(db: Kysely<Tables>, hasher: Hasher, pathOf: (place: ContentPlace) => string) {
  const trails = new Map<string, Trail>();

  function start(place: ContentPlace): Trail {
    const [oldest] = trails.values();
    if (oldest && trails.size >= maxTrails) drop(oldest.place);
    return { place, hash: hasher.follow(pathOf(place)), followed: [], bytes: 0, looking: null, lookAgain: false };
  }

  function drop(place: ContentPlace): void {
    const trail = trails.get(keyOf(place));
    trails.delete(keyOf(place));
    trail?.hash.close();
  }

  /** Follows the parts that are there without a gap. */
  async function look(trail: Trail): Promise<void> {
    do {
      trail.lookAgain = false;
      const { organizationId, binaryId } = trail.place;
      for (;;) {
        const next = await partsAfter(db, organizationId, binaryId, trail.followed.length);
        const before = trail.followed.length;
        for (const part of next) {
          const follows = part.part_index === trail.followed.length + 1 && part.content_offset === trail.bytes;
          if (!follows || part.state !== "valid") break;
          trail.followed.push(part.hash);
          trail.bytes += part.size;
        }
        if (trail.followed.length === before) break;
        trail.hash.advance(trail.bytes);
      }
    } while (trail.lookAgain);
  }

  return {
    drop,

    follow(place: ContentPlace): void {
      const key = keyOf(place);
      const trail = trails.get(key) ?? start(place);
      // Put last again: the first is the longest quiet one.
      trails.delete(key);
      trails.set(key, trail);
      trail.lookAgain = true;
      trail.looking ??= look(trail)
        // Without its trail an upload is verified all the same, only later.
        .catch(() => drop(place))
        .finally(() => {
          trail.looking = null;
        });
    },

    /** The hash that followed this upload, or null when what it followed isn't what was completed. */
    async take(row: BinaryRow): Promise<FollowingHash | null> {
      const place = placeOf(row);
      const trail = trails.get(keyOf(place));
      if (!trail) return null;
      await trail.looking;
      trails.delete(keyOf(place));
      const parts = await partsOf(db, row);
      if (trail.followed.every((hash, at) => parts[at]?.hash === hash)) return trail.hash;
      trail.hash.close();
      return null;
    },

    stop(): void {
      for (const trail of [...trails.values()]) drop(trail.place);
    },
  };
}
