/**
 * The life of a binary, written once: the server decides with this table, the CLI and the console show it,
 * the documentation draws it.
 *
 * Source: the state machine in the protocol reference; it is the union of the official diagrams and the
 * public documentation, with the automatic fall-back of a failed verification made explicit.
 */

export const binaryStates = ["uploadable", "hashable", "hashing", "signable", "signed", "destroyed"] as const;

export type BinaryState = (typeof binaryStates)[number];

/** Who moves a binary: somebody with a key, or the server by itself. */
export type Mover = "user" | "server";

export interface Transition {
  from: BinaryState;
  to: BinaryState;
  by: Mover;
  /** What happens, in words for people. */
  effect: string;
}

export const transitions: readonly Transition[] = [
  { from: "uploadable", to: "uploadable", by: "user", effect: "The reset: parts are deleted, the upload starts over." },
  { from: "uploadable", to: "hashable", by: "user", effect: "The upload is complete: all parts are valid and add up." },
  { from: "hashable", to: "hashing", by: "server", effect: "Verification runs." },
  { from: "hashing", to: "signable", by: "server", effect: "The stored bytes have the declared hash and size." },
  { from: "hashing", to: "uploadable", by: "server", effect: "They have not: parts are dropped, the failure is kept." },
  { from: "signable", to: "signed", by: "server", effect: "The first valid signature is attached." },
  { from: "signed", to: "signable", by: "server", effect: "The last signature is deleted." },
  { from: "hashable", to: "uploadable", by: "user", effect: "The reset: parts and content are deleted." },
  { from: "hashing", to: "uploadable", by: "user", effect: "The reset: parts and content are deleted." },
  { from: "signable", to: "uploadable", by: "user", effect: "The reset: parts and content are deleted." },
  { from: "signable", to: "destroyed", by: "user", effect: "Content is deleted for good; the record stays." },
  { from: "signed", to: "destroyed", by: "user", effect: "Content is deleted for good; the record stays." },
];

/** States in which the stored bytes were verified and may be read. */
export const verifiedStates: readonly BinaryState[] = ["signable", "signed"];

/** States that a user may ask for, from the given one. */
export function statesUserMayAsk(from: BinaryState): BinaryState[] {
  return transitions.filter((t) => t.by === "user" && t.from === from).map((t) => t.to);
}

/**
 * What a request for a state means. Official clients re-send states, so asking for the present one, or for one that
 * the server moves the binary to or past by itself, changes nothing. Asking for `uploadable` is always a reset.
 */
export type Meaning = "move" | "unchanged" | "refused";

/** Asked-for state → states in which the server is on its way there, or has been there. */
const movedByItself: Partial<Record<BinaryState, readonly BinaryState[]>> = {
  hashable: ["hashing", "signable", "signed"],
  hashing: ["hashable", "signable", "signed"],
  signable: ["signed"],
};

export function meaningOf(current: BinaryState, asked: BinaryState): Meaning {
  if (statesUserMayAsk(current).includes(asked)) return "move";
  if (asked === current || movedByItself[asked]?.includes(current)) return "unchanged";
  return "refused";
}

/** Why a state was refused, and what is possible instead. */
export function refusal(current: BinaryState, asked: BinaryState): string {
  if (asked === "signed" && current === "signable") {
    return "can't become 'signed' without a valid signature; attach one with POST /binary_signatures";
  }
  const allowed = statesUserMayAsk(current);
  const next = allowed.length > 0 ? `it may become ${allowed.map((s) => `'${s}'`).join(" or ")}` : "it is final";
  return `can't become '${asked}' while it is '${current}'; ${next}`;
}
