import type { Kysely } from "kysely";
import { type FilesystemStore, partsFile } from "../content/filesystem.ts";
import type { Hasher } from "../content/hasher.ts";
import { newFile } from "../content/place.ts";
import type { Tables } from "../database/tables.ts";
import { partsOf } from "./completeness.ts";
import { layOut } from "./layout.ts";
import { trackTrails } from "./trails.ts";
import { placeOf } from "./transitions.ts";
import type { Whole } from "./whole.ts";

/** Parts in files of this server: put together where they aren't yet, and hashed while they still come. */
export function wholeFiles(db: Kysely<Tables>, content: FilesystemStore, hasher: Hasher): Whole {
  const trails = trackTrails(db, hasher, (place) => content.pathOf(place, partsFile));
  return {
    async make(row, signal) {
      const place = placeOf(row);
      const layout = layOut(await partsOf(db, row), newFile("whole"));
      if (!layout.inPlace) trails.drop(place);
      await content.assemble(place, layout.file, layout.pieces, signal);
      return { file: layout.file };
    },
    async measure(row) {
      const file = row.content_file!;
      const place = placeOf(row);
      const followed = file === partsFile ? await trails.take(row) : null;
      return (followed ?? hasher.follow(content.pathOf(place, file))).finish();
    },
    arrived: (place) => trails.follow(place),
    dropped: (place) => trails.drop(place),
    async stop() {
      trails.stop();
      await hasher.stop();
    },
  };
}
