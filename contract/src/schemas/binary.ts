import { type Static, Type } from "typebox";
import { type BinaryState, binaryStates } from "../lifecycle.ts";
import { Availability } from "./archive.ts";
import {
  archivable,
  CustomMetadata,
  Description,
  NullableInteger,
  NullableString,
  Prn,
  Sha256Input,
  stored,
  Timestamp,
  Uuid,
} from "./common.ts";
import { Quarantine } from "./content-check.ts";
import { NullableHold } from "./hold.ts";

/** Bytes: 10,000 parts of the largest size. */
export const maxBinarySize = 53_687_091_200_000;
export const maxPartIndex = 10_000;
/** Every part but the last has at least this many bytes. */
export const minPartSize = 5_242_880;
export const maxPartSize = 5_368_709_120;

const State = Type.Unsafe<BinaryState>({ type: "string", enum: binaryStates });

const NullableHash = Type.Unsafe<string | null>({
  type: ["string", "null"],
  description: "SHA-256 of the content: 64 lowercase hexadecimal characters.",
});

export const Size = Type.Integer({ minimum: 0, maximum: maxBinarySize, description: "Bytes." });

const NullableSizeInput = Type.Unsafe<number | null>({ type: ["integer", "null"], minimum: 0, maximum: maxBinarySize });
const NullableHashInput = Type.Unsafe<string | null>({ ...Sha256Input, type: ["string", "null"] });

/** Why the last verification failed; there until the next upload begins. */
export const VerificationFailure = Type.Object(
  {
    expected_hash: Type.String(),
    actual_hash: NullableString,
    expected_size: Type.Integer(),
    actual_size: Type.Integer(),
    at: Timestamp,
  },
  { title: "VerificationFailure" },
);
export type VerificationFailure = Static<typeof VerificationFailure>;

export const Binary = Type.Object(
  {
    ...stored,
    ...archivable,
    hold: NullableHold,
    artifact_version_prn: Prn,
    target: Type.String(),
    hash: NullableHash,
    size: NullableInteger,
    state: State,
    revision: Type.Integer({ description: "How often the content was reset." }),
    description: NullableString,
    custom_metadata: CustomMetadata,
    content_store_prn: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "The organization's store that its content is, or will be, kept in; null for the server's own.",
    }),
    content_availability: Availability,
    archive_class: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description:
        "The class of its store for archived content that its content is in, or is on its way into or out of.",
    }),
    signatures: Type.Array(
      Type.Object({
        signature: Type.String(),
        signing_key_prn: Prn,
        keyid: Type.String(),
        device_agent_accepts: Type.Boolean(),
      }),
    ),
    verification_failure: Type.Unsafe<VerificationFailure | null>({
      ...VerificationFailure,
      type: ["object", "null"],
    }),
    quarantine: Type.Unsafe<Quarantine | null>({
      ...Quarantine,
      type: ["object", "null"],
      description: "Why its content is served to nobody: what is stored is not what was verified.",
    }),
    created_at: Timestamp,
  },
  { title: "Binary" },
);
export type Binary = Static<typeof Binary>;

export const CreateBinary = Type.Object({
  id: Type.Optional(Uuid),
  artifact_version_prn: Prn,
  target: Type.String({
    minLength: 1,
    maxLength: 128,
    pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    "x-expected": "printable characters, such as the triplet aarch64-linux-gnu",
  }),
  hash: Type.Optional(NullableHashInput),
  size: Type.Optional(NullableSizeInput),
  reuse_content: Type.Optional(
    Type.Boolean({
      description:
        "Whether content of this `hash` and `size` that the organization holds already is taken: then the answer is `signable`, " +
        "and nothing is uploaded; where it holds none, it is `uploadable` as ever. Content of other organizations never counts.",
    }),
  ),
  description: Type.Optional(Description),
  custom_metadata: Type.Optional(CustomMetadata),
});
export type CreateBinary = Static<typeof CreateBinary>;

export const UpdateBinary = Type.Object({
  prn: Type.Optional(Prn),
  state: Type.Optional(State),
  archived: Type.Optional(Type.Boolean()),
  hash: Type.Optional(NullableHashInput),
  size: Type.Optional(NullableSizeInput),
  description: Type.Optional(Description),
  custom_metadata: Type.Optional(CustomMetadata),
});
export type UpdateBinary = Static<typeof UpdateBinary>;

export const partStates = ["uploadable", "invalid_size", "invalid_hash", "valid"] as const;
export type PartState = (typeof partStates)[number];

export const BinaryPart = Type.Object(
  {
    ...stored,
    binary_prn: Prn,
    index: Type.Integer(),
    hash: Type.String(),
    size: Type.Integer(),
    state: Type.Unsafe<PartState>({ type: "string", enum: partStates }),
  },
  { title: "BinaryPart" },
);
export type BinaryPart = Static<typeof BinaryPart>;

export const UploadableBinaryPart = Type.Object(
  { ...BinaryPart.properties, presigned_upload_url: Type.String() },
  { title: "UploadableBinaryPart" },
);

export const PartParams = Type.Object({
  prn: Prn,
  index: Type.Integer({ minimum: 1, maximum: maxPartIndex }),
});

export const PutBinaryPart = Type.Object({
  binary_prn: Type.Optional(Prn),
  index: Type.Optional(Type.Integer()),
  expected_binary_size: Type.Optional(Size),
  hash: Sha256Input,
  size: Type.Integer({ minimum: 1, maximum: maxPartSize, description: "Bytes of this part." }),
});
export type PutBinaryPart = Static<typeof PutBinaryPart>;

export const DownloadLink = Type.Object(
  {
    origin: Type.String({ description: "Name of the place that sends the content." }),
    url: Type.String(),
    expires_at: Timestamp,
  },
  { title: "DownloadLink" },
);
export type DownloadLink = Static<typeof DownloadLink>;
