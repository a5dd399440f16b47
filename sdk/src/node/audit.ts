import { createPublicKey, hash, verify } from "node:crypto";
import type { AuditHead, AuditLog } from "@open-peridio/contract";
import { auditStatement, headStatement, noHash } from "@open-peridio/contract/audit";

/** What is known of a trail from elsewhere. */
export interface TrailAnchor {
  /** An older head, or the end of an older export: the trail must still lead through it. */
  head?: Pick<AuditHead, "organization_prn" | "sequence" | "hash">;
  /** The server's key, base64, as an older head had it. */
  publicKey?: string;
}

export type { AuditHead };

export interface TrailReport {
  /** Entries that were read. */
  entries: number;
  head: AuditHead | null;
  /** What is wrong, as sentences; none means that the trail is whole. */
  problems: string[];
}

/** Problems that are told one by one; more of them say nothing new. */
const maxProblems = 20;

/**
 * Checks an exported trail without the server: every entry's hash, that each follows the one before, and that the
 * signed head is that of the last one. Whoever holds the server could sign a new trail; an older head in `anchor` shows
 * that too. @param lines of an NDJSON export
 */
export async function verifyTrail(lines: AsyncIterable<string>, anchor: TrailAnchor = {}): Promise<TrailReport> {
  const problems: string[] = [];
  const complain = (problem: string): void => void (problems.length < maxProblems && problems.push(problem));
  let previous: AuditLog | null = null;
  let head: AuditHead | null = null;
  let entries = 0;
  let anchored = anchor.head === undefined || anchor.head.sequence === 0;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line === "") continue;
    const read = parse(line);
    if (read === null) complain(`line ${number} is neither an audit log nor a head`);
    else if (head) complain(`line ${number} follows the head`);
    else if ("audit_head" in read) head = read.audit_head;
    else {
      entries++;
      for (const problem of entryProblems(read, previous)) complain(problem);
      if (previous === null) checkStart(read, anchor, complain);
      if (anchor.head && read.sequence === anchor.head.sequence) {
        anchored = true;
        if (read.hash !== anchor.head.hash) complain(`entry ${read.sequence} isn't the one that was known before`);
      }
      // A part of the trail that begins right after what is known.
      if (anchor.head && previous === null && read.sequence === anchor.head.sequence + 1) anchored = true;
      previous = read;
    }
  }
  if (!anchored) complain(`entry ${anchor.head!.sequence}, which was known before, is not in the trail`);
  if (head) for (const problem of headProblems(head, previous, anchor)) complain(problem);
  else complain("the export has no head: it is a selection, or its end was cut off");
  return { entries, head, problems };
}

function parse(line: string): AuditLog | { audit_head: AuditHead } | null {
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    if (value === null || typeof value !== "object") return null;
    const { audit_head } = value;
    if (audit_head !== null && typeof audit_head === "object") return { audit_head: audit_head as AuditHead };
    return Number.isInteger(value.sequence) && typeof value.hash === "string" ? (value as AuditLog) : null;
  } catch {
    return null;
  }
}

function entryProblems(entry: AuditLog, previous: AuditLog | null): string[] {
  const problems: string[] = [];
  if (hash("sha256", auditStatement(entry)) !== entry.hash) problems.push(`entry ${entry.sequence} was changed`);
  if (previous === null) return problems;
  if (entry.organization_prn !== previous.organization_prn) problems.push(`entry ${entry.sequence} is another's`);
  const expected = previous.sequence + 1;
  if (entry.sequence !== expected) problems.push(`entry ${expected} is missing: ${entry.sequence} stands in its place`);
  else if (entry.previous_hash !== previous.hash)
    problems.push(`entry ${entry.sequence} does not follow ${previous.sequence}`);
  return problems;
}

function checkStart(first: AuditLog, { head }: TrailAnchor, complain: (problem: string) => void): void {
  if (first.sequence === 1) {
    if (first.previous_hash !== noHash) complain("entry 1 does not begin a trail");
  } else if (head && first.sequence === head.sequence + 1) {
    if (first.previous_hash !== head.hash) complain(`entry ${first.sequence} does not follow what was known before`);
  } else {
    complain(`the trail begins with entry ${first.sequence}; what is before it is not proven`);
  }
}

/** RFC 8410 § 4: what stands before the 32 bytes of an Ed25519 key. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

function headProblems(head: AuditHead, last: AuditLog | null, anchor: TrailAnchor): string[] {
  const problems: string[] = [];
  const end = last ?? anchor.head ?? { sequence: 0, hash: noHash };
  if (head.sequence !== end.sequence) {
    problems.push(
      `the trail ends with entry ${end.sequence}, but the server signed ${head.sequence}: some are cut off`,
    );
  } else if (head.hash !== end.hash) problems.push(`the server signed another entry ${head.sequence} than this one`);
  const organization = (last ?? anchor.head)?.organization_prn ?? head.organization_prn;
  if (head.organization_prn !== organization) problems.push("the head is another organization's");
  if (anchor.publicKey !== undefined && head.public_key !== anchor.publicKey) {
    problems.push(`the head is signed with the key ${head.public_key}, not with ${anchor.publicKey}`);
  }
  if (!isSigned(head)) problems.push("the head's signature does not verify");
  return problems;
}

function isSigned(head: AuditHead): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([spkiPrefix, Buffer.from(head.public_key, "base64")]),
      format: "der",
      type: "spki",
    });
    return verify(null, Buffer.from(headStatement(head)), key, Buffer.from(head.signature, "base64"));
  } catch {
    // A key or a signature that isn't one.
    return false;
  }
}
