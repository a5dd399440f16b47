import { type Static, Type } from "typebox";
import { DownloadLink } from "./binary.ts";
import {
  CustomMetadata,
  Name,
  NullableInteger,
  NullableString,
  NullableTime,
  Prn,
  stored,
  Time,
  Timestamp,
  Uuid,
} from "./common.ts";
import { OfferedDelta } from "./delta.ts";
import { LongDescription } from "./fleet.ts";
import { Algorithm, SignatureInput, SignedMessageName } from "./signing.ts";

/** Members that one bundle may have. */
export const maxBundleMembers = 1_000;

const BundleMember = Type.Object({ prn: Prn, custom_metadata: CustomMetadata });

/**
 * A bundle in one of its two shapes: version 2 has `binaries` and `hash`; version 1 has `artifact_versions` in their place,
 * and official clients take any answer that has this key for version 1.
 */
export const Bundle = Type.Object(
  {
    ...stored,
    name: NullableString,
    artifact_versions: Type.Optional(Type.Array(Prn, { description: "Only in answers of version 1." })),
    binaries: Type.Optional(Type.Array(BundleMember, { description: "Only in answers of version 2." })),
    hash: Type.Optional(
      Type.String({ description: "SHA-256 of the canonical manifest (RFC 8785), lower-case hex. Only in version 2." }),
    ),
  },
  { title: "Bundle" },
);
export type Bundle = Static<typeof Bundle>;

/** The official CLI names bundles ARTIFACT@VERSION/TARGET, up to 386 characters. */
const NullableBundleName = Type.Unsafe<string | null>({
  ...Name,
  type: ["string", "null"],
  maxLength: 512,
  description: "1 to 512 characters, or null.",
});

export const CreateBundle = Type.Object({
  id: Type.Optional(Uuid),
  name: Type.Optional(NullableBundleName),
  artifact_version_prns: Type.Optional(
    Type.Array(Prn, { minItems: 1, maxItems: maxBundleMembers, description: "Version 1: all binaries of each." }),
  ),
  binaries: Type.Optional(
    Type.Array(Type.Object({ prn: Prn, custom_metadata: Type.Optional(CustomMetadata) }), {
      minItems: 1,
      maxItems: maxBundleMembers,
      description: "Version 2: binaries; an artifact version's PRN stands for all of its binaries.",
    }),
  ),
});
export type CreateBundle = Static<typeof CreateBundle>;

export const UpdateBundle = Type.Object({ prn: Type.Optional(Prn), name: Type.Optional(NullableBundleName) });
export type UpdateBundle = Static<typeof UpdateBundle>;

export const BundleSignature = Type.Object(
  {
    ...stored,
    bundle_prn: Prn,
    signature: Type.String({ description: "Upper-case hex." }),
    signing_key_prn: Prn,
    keyid: Type.String(),
    algorithm: Algorithm,
    signed_message: SignedMessageName,
  },
  { title: "BundleSignature" },
);
export type BundleSignature = Static<typeof BundleSignature>;

export const CreateBundleSignature = Type.Object({
  bundle_prn: Prn,
  signature: SignatureInput,
  signing_key_prn: Type.Optional(Prn),
  signing_key_keyid: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
});
export type CreateBundleSignature = Static<typeof CreateBundleSignature>;

export const BundleOverride = Type.Object(
  {
    ...stored,
    name: Type.String(),
    description: NullableString,
    bundle_prn: Prn,
    starts_at: Timestamp,
    ends_at: Type.Unsafe<string | null>({ ...NullableString, description: "Null: it never ends." }),
  },
  { title: "BundleOverride" },
);
export type BundleOverride = Static<typeof BundleOverride>;

/** The official CLI makes names of a bundle's, and longer ones. */
const OverrideName = Type.String({ ...Name, maxLength: 512 });

export const CreateBundleOverride = Type.Object({
  name: OverrideName,
  bundle_prn: Prn,
  starts_at: Time,
  ends_at: Type.Optional(NullableTime),
  description: Type.Optional(LongDescription),
});
export type CreateBundleOverride = Static<typeof CreateBundleOverride>;

export const UpdateBundleOverride = Type.Object({
  prn: Type.Optional(Prn),
  ...Type.Partial(CreateBundleOverride).properties,
});
export type UpdateBundleOverride = Static<typeof UpdateBundleOverride>;

export const OverriddenDevice = Type.Object(
  { device_prn: Prn, inserted_at: Timestamp, updated_at: Timestamp },
  { title: "OverriddenDevice" },
);
export type OverriddenDevice = Static<typeof OverriddenDevice>;

export const OverriddenDeviceParams = Type.Object({ prn: Prn, device_prn: Prn });
export const AddOverriddenDevice = Type.Object({ device_prn: Prn });

const Named = Type.Object({ prn: Prn, name: NullableString });

/** What would be hit if a binary were gone. */
export const BinaryUsage = Type.Object(
  {
    binary_prn: Prn,
    bundles: Type.Array(Named, { description: "The newest of them, at most 100." }),
    releases: Type.Array(Type.Object({ prn: Prn, name: Type.String(), cohort_prn: Prn, version: NullableString }), {
      description: "The newest of them, at most 100.",
    }),
    bundle_overrides: Type.Array(Named, { description: "The newest of them, at most 100." }),
    bundle_count: Type.Integer(),
    release_count: Type.Integer(),
    bundle_override_count: Type.Integer(),
    device_count: Type.Integer({
      description: "Devices in the cohorts of these releases, and those of the overrides; each once.",
    }),
  },
  { title: "BinaryUsage" },
);
export type BinaryUsage = Static<typeof BinaryUsage>;

/** An item of a manifest as the device API gives it. */
export const ManifestItem = Type.Object(
  {
    binary_prn: Prn,
    hash: Type.String(),
    size: NullableInteger,
    target: Type.String(),
    url: Type.String(),
    urls: Type.Optional(
      Type.Array(DownloadLink, { description: "One for each origin, the best one first, where there are several." }),
    ),
    deltas: Type.Optional(
      Type.Array(OfferedDelta, {
        description: "What makes it of content that the device holds; only for devices that say what they hold.",
      }),
    ),
    custom_metadata: CustomMetadata,
    artifact: Type.Object({ prn: Prn, name: Type.String() }),
    artifact_version: Type.Object({ prn: Prn, version: Type.String() }),
    signatures: Type.Array(
      Type.Object({
        signature: Type.String(),
        public_value: Type.String(),
        keyid: Type.String(),
        signing_key_prn: Prn,
      }),
    ),
  },
  { title: "ManifestItem" },
);
export type ManifestItem = Static<typeof ManifestItem>;
