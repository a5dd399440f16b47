import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { type AuditLog, auditStatement, type BinaryState, noHash, transitions } from "@open-peridio/contract";
import { type Database, query, writtenOrder } from "./query.ts";

/** What is on the disk of a server, read past it: its database and its content files. */

export interface StoredBinary {
  organization_id: string;
  id: string;
  hash: string | null;
  size: number | null;
  state: BinaryState;
  revision: number;
  content_file: string | null;
  upload_id: string | null;
  store_id: string | null;
  reserved_bytes: number;
  content_binary_id: string | null;
  content_revision: number | null;
  content_coding: string | null;
  stored_size: number | null;
  stored_hash: string | null;
}

export interface StoredPart {
  part_index: number;
  hash: string;
  size: number;
  state: string;
  spill: string | null;
  content_offset: number | null;
}

export interface StoredEvent {
  subtype: string;
  from: BinaryState | null;
  to: BinaryState | null;
}

interface StoredEntry extends Omit<AuditLog, "prn" | "organization_prn" | "before" | "after"> {
  organization_id: string;
  id: string;
  before: string | null;
  after: string | null;
}

/** The UUID at a PRN's end. */
function idOf(prn: string): string {
  return prn.slice(prn.lastIndexOf(":") + 1);
}

export function storedBinaries(server: Database): StoredBinary[] {
  return query(server, "select * from binaries");
}

export function storedBinary(server: Database, prn: string): StoredBinary {
  const [row] = query<StoredBinary>(server, "select * from binaries where id = ?", idOf(prn));
  if (!row) throw new Error(`${prn} is not stored`);
  return row;
}

export function storedParts(server: Database, prn: string): StoredPart[] {
  return query(server, "select * from binary_parts where binary_id = ? order by part_index", idOf(prn));
}

/** A binary's moves, in the order in which they were written. */
export function storedEvents(server: Database, prn: string): StoredEvent[] {
  const rows = query<{ subtype: string; data: string }>(
    server,
    `select subtype, data from events where type = 'binary' and subtype not in ('unusual_download', 'quarantined', 'restored', 'archived', 'unarchived', 'held', 'content_archived', 'content_restored') and resource_prn like ?
      order by ${writtenOrder(server)}`,
    `%:binary:${idOf(prn)}`,
  );
  return rows.map(({ subtype, data }) => {
    const { from, to } = JSON.parse(data) as Pick<StoredEvent, "from" | "to">;
    return { subtype, from, to };
  });
}

/** The directory of a binary's present upload. */
function placeOf(server: Database, row: StoredBinary): string {
  return join(server.contentRoot ?? "", row.organization_id, row.id, String(row.revision));
}

/** Where a binary's content is: its own place, or that of another that had the same first. */
export function contentPlaceOf(server: Database, row: StoredBinary): string {
  const place = { ...row, id: row.content_binary_id ?? row.id, revision: row.content_revision ?? row.revision };
  return placeOf(server, place);
}

/** Name → bytes of the files in a binary's present place. */
export function filesOf(server: Database, row: StoredBinary): Map<string, number> {
  const place = placeOf(server, row);
  if (!existsSync(place)) return new Map();
  // A file may go between the two looks.
  const found = readdirSync(place).map((name) => [name, statSync(join(place, name), { throwIfNoEntry: false })?.size]);
  return new Map(found.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

/** SHA-256 of bytes of a file; of fewer when it ends early. */
function hashOf(path: string, offset: number, size: number): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(1_048_576);
    for (let done = 0; done < size; ) {
      const read = readSync(file, buffer, 0, Math.min(buffer.length, size - done), offset + done);
      if (read === 0) break;
      hash.update(buffer.subarray(0, read));
      done += read;
    }
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/** Everything that records claim and bytes don't justify, as sentences. Exact only while nothing is written. */
export function contradictions(server: Database): string[] {
  return [
    ...storedBinaries(server).flatMap((row) => [...contentProblems(server, row), ...chainProblems(server, row)]),
    ...usageProblems(server),
    ...trailProblems(server),
  ];
}

/** Organizations whose usage isn't the sum of what they have. */
function usageProblems(server: Database): string[] {
  const rows = query<Record<string, unknown>>(
    server,
    `select * from (
      select u.organization_id, u.stored_bytes, u.binaries,
        (select coalesce(sum(reserved_bytes), 0) from binaries b where b.organization_id = u.organization_id) as bytes,
        (select count(*) from binaries b
          where b.organization_id = u.organization_id and b.state != 'destroyed') as count
      from organization_usage u
    ) as used where stored_bytes != bytes or binaries != count`,
  );
  const binaries = query<{ id: string }>(
    server,
    `select id from binaries b where (state = 'hashing' and reserved_bytes != size)
      or (state = 'destroyed' and reserved_bytes != 0)
      or announced_bytes > reserved_bytes`,
  );
  return [
    ...rows.map((row) => `usage is ${JSON.stringify(row)}`),
    ...binaries.map(({ id }) => `${id} counts wrongly`),
    ...countingProblems(server),
  ];
}

/** Contents that don't count once, however many binaries share them; and those that are kept twice. */
function countingProblems(server: Database): string[] {
  const verified = storedBinaries(server).filter(({ state }) => state === "signable" || state === "signed");
  const contents = Map.groupBy(verified, (row) => [contentKey(row), row.size].join());
  const wrong = [...contents].flatMap(([key, rows]) => {
    const counted = rows.reduce((sum, { reserved_bytes }) => sum + Number(reserved_bytes), 0);
    return counted === Number(rows[0]!.size) ? [] : [`${key} counts ${counted} bytes`];
  });
  const hashes = Map.groupBy(contents.values(), ([row]) => [row!.organization_id, row!.store_id, row!.hash].join());
  const twice = [...hashes].flatMap(([key, kept]) => (kept.length > 1 ? [`${key} is kept ${kept.length} times`] : []));
  return [...wrong, ...twice];
}

function contentKey(row: StoredBinary): string {
  const { organization_id, store_id, content_file } = row;
  return [
    organization_id,
    row.content_binary_id ?? row.id,
    row.content_revision ?? row.revision,
    store_id,
    content_file,
  ].join();
}

function statementOf({ organization_id, id, before, after, ...rest }: StoredEntry): string {
  const read = (json: string | null) => (json === null ? null : JSON.parse(json));
  const organization_prn = `prn:1:${organization_id}`;
  const prn = `${organization_prn}:audit_log:${id}`;
  return auditStatement({ ...rest, prn, organization_prn, before: read(before), after: read(after) });
}

/** Trails whose entries don't hang together. */
function trailProblems(server: Database): string[] {
  const rows = query<StoredEntry>(server, "select * from audit_logs order by organization_id, sequence");
  const ends = new Map<string, StoredEntry>();
  const problems = rows.flatMap((row) => {
    const before = ends.get(row.organization_id);
    ends.set(row.organization_id, row);
    const { sequence, hash } = before ?? { sequence: 0, hash: noHash };
    const said = createHash("sha256").update(statementOf(row)).digest("hex");
    const whole = row.sequence === sequence + 1 && row.previous_hash === hash && row.hash === said;
    return whole ? [] : [`entry ${row.sequence} of ${row.organization_id} breaks the trail`];
  });
  for (const { organization_id, sequence, hash } of query<StoredEntry>(server, "select * from audit_heads")) {
    const end = ends.get(organization_id);
    if (end?.sequence !== sequence || end.hash !== hash)
      problems.push(`the trail of ${organization_id} has another end`);
  }
  return problems;
}

function contentProblems(server: Database, row: StoredBinary): string[] {
  if (row.state === "destroyed" || server.contentRoot === null) return [];
  const place = placeOf(server, row);
  if (row.state === "uploadable" || row.state === "hashable") {
    // An object store keeps parts as it likes, until they are one.
    if (row.upload_id !== null) return [];
    // Once one file was made of the parts, `content_file` counts.
    return storedParts(server, row.id)
      .filter((part) => part.state === "valid")
      .flatMap((part) => {
        const path = join(place, part.spill ?? "content");
        const hash = existsSync(path) ? hashOf(path, part.content_offset ?? 0, part.size) : "no file";
        return hash === part.hash ? [] : [`part ${part.part_index} of ${row.id} is valid, but its bytes are ${hash}`];
      });
  }
  const path = join(contentPlaceOf(server, row), row.content_file ?? "none");
  if (!existsSync(path)) return [`${row.id} is ${row.state} without content`];
  const { size } = statSync(path);
  const isCompressed = row.content_coding === "zstd";
  const is = isCompressed ? { size: row.stored_size, hash: row.stored_hash } : row;
  if (size !== Number(is.size)) return [`${row.id} is ${row.state} with ${is.size} bytes, but its content has ${size}`];
  if (row.state === "hashing") return [];
  const hash = hashOf(path, 0, size);
  return hash === is.hash ? [] : [`${row.id} is ${row.state} as ${is.hash}, but its content is ${hash}`];
}

/** Events that don't follow one another along the lifecycle table. */
function chainProblems(server: Database, row: StoredBinary): string[] {
  const events = storedEvents(server, row.id);
  const problems = events.flatMap(({ from, to }, at) => {
    const before = events[at - 1]?.to ?? null;
    // Deleted, and made anew with the same id.
    const known = from === null || to === null || transitions.some((arrow) => arrow.from === from && arrow.to === to);
    return from === before && known ? [] : [`event ${at} of ${row.id} goes from ${from} to ${to} after ${before}`];
  });
  const last = events.at(-1)?.to;
  if (last !== row.state) problems.push(`${row.id} is ${row.state}, but its last event says ${last}`);
  const [{ count }] = query<{ count: number }>(
    server,
    "select count(*) as count from binary_signatures where binary_id = ?",
    row.id,
  ) as [{ count: number }];
  if (row.state !== "destroyed" && count > 0 !== (row.state === "signed")) {
    problems.push(`${row.id} is ${row.state} with ${count} signatures`);
  }
  return problems;
}

/** Content that nothing needs any more: places of earlier uploads, and what is beside the whole of a verified one. */
export function leftovers(server: Database): string[] {
  const root = server.contentRoot;
  if (root === null || !existsSync(root)) return [];
  const rows = storedBinaries(server).filter(({ state }) => state !== "destroyed");
  const isVerified = ({ state }: StoredBinary) => state === "signable" || state === "signed";
  const writable = new Set(rows.filter((row) => !isVerified(row)).map((row) => placeOf(server, row)));
  const needed = new Set(rows.map((row) => join(contentPlaceOf(server, row), row.content_file ?? "none")));
  const places = readdirSync(root).flatMap((organization) =>
    readdirSync(join(root, organization)).flatMap((binary) =>
      readdirSync(join(root, organization, binary)).map((revision) => join(root, organization, binary, revision)),
    ),
  );
  return places.flatMap((place) => {
    if (writable.has(place)) return [];
    const others = readdirSync(place).filter((name) => !needed.has(join(place, name)));
    const isEmpty = readdirSync(place).length === 0;
    return isEmpty ? [relative(root, place)] : others.map((name) => relative(root, join(place, name)));
  });
}
