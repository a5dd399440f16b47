import { type Static, Type } from "typebox";
import { NullableInteger, NullableString, Prn, stored } from "./common.ts";

/** Programs that make deltas: VCDIFF (RFC 3284), and zstd with `--patch-from`. */
export const deltaAlgorithms = ["xdelta3", "zstd"] as const;
export type DeltaAlgorithm = (typeof deltaAlgorithms)[number];

/** `not_smaller`: it would not have been worth it, and isn't kept. */
export const deltaStates = ["waiting", "ready", "not_smaller", "failed"] as const;
export type DeltaState = (typeof deltaStates)[number];

const Algorithm = Type.Unsafe<DeltaAlgorithm>({ type: "string", enum: deltaAlgorithms });

/** What turns one binary into another one. */
export const Delta = Type.Object(
  {
    ...stored,
    from_binary_prn: Prn,
    to_binary_prn: Prn,
    from_hash: Type.String(),
    to_hash: Type.String(),
    algorithm: Algorithm,
    state: Type.Unsafe<DeltaState>({ type: "string", enum: deltaStates }),
    size: Type.Unsafe<number | null>({
      ...NullableInteger,
      description: "Bytes of the delta, also of one that was not worth it.",
    }),
    hash: Type.Unsafe<string | null>({ ...NullableString, description: "SHA-256 of the delta." }),
    whole_size: Type.Integer({ description: "Bytes of what it makes." }),
    detail: Type.Unsafe<string | null>({ ...NullableString, description: "Why there is none, or not yet." }),
    downloaded_bytes: Type.Integer({ description: "Bytes of it that devices fetched from this server." }),
    saved_bytes: Type.Integer({ description: "Bytes that they didn't have to fetch, because of that." }),
  },
  { title: "Delta" },
);
export type Delta = Static<typeof Delta>;

export const CreateDeltas = Type.Object({
  from_binary_prn: Prn,
  to_binary_prn: Prn,
  algorithms: Type.Optional(
    Type.Array(Algorithm, { minItems: 1, maxItems: 8, description: "All that the server has, when absent." }),
  ),
});
export type CreateDeltas = Static<typeof CreateDeltas>;

export const CreatedDeltas = Type.Object({
  deltas: Type.Array(Delta),
  unavailable: Type.Array(Algorithm, { description: "What the server would use, but its programs are not there." }),
});
export type CreatedDeltas = Static<typeof CreatedDeltas>;

/** A delta as a device is offered it, which holds what it is made from. */
export const OfferedDelta = Type.Object(
  {
    from_hash: Type.String({ description: "SHA-256 of what the device holds." }),
    algorithm: Algorithm,
    size: Type.Integer(),
    hash: Type.String({ description: "SHA-256 of the delta." }),
    url: Type.String(),
  },
  { title: "OfferedDelta" },
);
export type OfferedDelta = Static<typeof OfferedDelta>;
