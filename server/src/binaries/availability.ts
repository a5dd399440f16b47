import { ApiError, type ContentAvailability } from "@open-peridio/contract";
import type { BinaryRow } from "../database/tables.ts";

type Classed = Pick<BinaryRow, "archive_class" | "archive_readable" | "archive_step">;

/** Seconds after which it is worth asking again. Stores take minutes to days to bring content back. */
const retryAfter = { available: 0, archiving: 3_600, archived: 3_600, restoring: 600 };

/** Whether content can be read, or what is being done with it. */
export function availabilityOf({ archive_readable, archive_step }: Classed): ContentAvailability {
  return archive_readable ? "available" : (archive_step ?? "archived");
}

/** @throws ApiError 409 with `Retry-After` for content that can't be read now */
export function requireReadable(row: Classed): void {
  const availability = availabilityOf(row);
  if (availability === "available") return;
  const detail =
    availability === "restoring"
      ? `the content is being restored from the class ${row.archive_class} of its store; that can take hours`
      : `the content is ${availability} in the class ${row.archive_class} of its store, where it can't be read; ` +
        "take the binary back from the archive to have it restored";
  throw new ApiError("content_unavailable", detail, {
    headers: { "retry-after": String(retryAfter[availability]) },
    facts: { content_availability: availability },
  });
}
