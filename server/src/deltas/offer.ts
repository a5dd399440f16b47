import type { DeltaAlgorithm, OfferedDelta } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import type { DeltaRow, Tables } from "../database/tables.ts";
import { type Downloadable, makeDownloadLinks } from "../delivery/download-link.ts";
import type { Asker } from "../delivery/origins/origin.ts";
import type { Platform } from "../platform.ts";
import { fitBinary } from "../signing/dropped-deltas.ts";
import { deltaPlace } from "./outcome.ts";

/** Route of links to deltas. What a link is bound to stands in its path, which is signed; the last part is for people. */
export const deltaRoute = "/cdn/deltas/:maker/:organization/:binary/:delta/:hash/:filename";

/** What a device says that it can begin with. */
export interface Holdings {
  /** SHA-256, lower case. */
  hashes: readonly string[];
  /** Null for all. */
  algorithms: readonly DeltaAlgorithm[] | null;
}

/** Deltas that may be handed out: made, and both binaries may be distributed now. */
function ready(db: Kysely<Tables>, organizationId: string) {
  const fit = (end: string) => fitBinary(db, organizationId, `deltas.${end}`);
  return db
    .selectFrom("deltas")
    .innerJoin("binaries as f", (join) =>
      join.onRef("f.organization_id", "=", "deltas.organization_id").onRef("f.id", "=", "deltas.from_binary_id"),
    )
    .selectAll("deltas")
    .select("f.hash as from_hash")
    .where("deltas.organization_id", "=", organizationId)
    .where("deltas.state", "=", "ready")
    .where(({ exists }) => exists(fit("from_binary_id")))
    .where(({ exists }) => exists(fit("to_binary_id")));
}

/** Deltas to these binaries for a device that holds this, by binary, the smallest first; with links. */
export async function offerDeltas(
  platform: Platform,
  organizationId: string,
  binaryIds: readonly string[],
  { hashes, algorithms }: Holdings,
  asker: Asker,
): Promise<Map<string, OfferedDelta[]>> {
  const offers = new Map<string, OfferedDelta[]>();
  if (hashes.length === 0 || binaryIds.length === 0) return offers;
  let query = ready(platform.db, organizationId)
    .where("deltas.to_binary_id", "in", [...binaryIds])
    .where("f.hash", "in", [...hashes]);
  if (algorithms) query = query.where("deltas.algorithm", "in", [...algorithms, "" as DeltaAlgorithm]);
  for (const row of await query.orderBy("deltas.size").execute()) {
    const { url } = await makeDownloadLinks(platform, contentOf(row), asker);
    const { algorithm, size, hash } = row;
    const offer = { from_hash: row.from_hash!, algorithm, size: size!, hash: hash!, url };
    offers.set(row.to_binary_id, [...(offers.get(row.to_binary_id) ?? []), offer]);
  }
  return offers;
}

/** The content of a delta that may be handed out now; null for all others. */
export async function findReady(
  db: Kysely<Tables>,
  organizationId: string,
  id: string,
): Promise<{ content: Downloadable; wholeSize: number } | null> {
  const row = await ready(db, organizationId)
    .innerJoin("binaries as t", (join) =>
      join.onRef("t.organization_id", "=", "deltas.organization_id").onRef("t.id", "=", "deltas.to_binary_id"),
    )
    .select("t.size as whole_size")
    .where("deltas.id", "=", id)
    .executeTakeFirst();
  return row ? { content: contentOf(row), wholeSize: row.whole_size! } : null;
}

function contentOf(row: DeltaRow): Downloadable {
  const { organization_id: organizationId, id, hash, size, store_id, file, algorithm } = row;
  const filename = `delta.${algorithm === "zstd" ? "zst" : "vcdiff"}`;
  const place = deltaPlace(row);
  return {
    ...place,
    kept: { place, file: file!, size: size!, frames: null },
    ...{ hash: hash!, size: size!, storeId: store_id, filename },
    linkPath: (maker) => `/cdn/deltas/${maker}/${organizationId}/${row.to_binary_id}/${id}/${hash}/${filename}`,
  };
}
