import { type Static, Type } from "typebox";
import type { ManifestItem } from "./bundle.ts";
import { CustomMetadata, NullableInteger, NullableString, Prn } from "./common.ts";

const versionWords = "What the device runs; one of the three is needed.";

export const ResolveDeviceUpdate = Type.Object({
  prn: Type.Optional(Prn),
  release_prn: Type.Optional(Type.String({ maxLength: 256, description: versionWords })),
  bundle_prn: Type.Optional(Type.String({ maxLength: 256, description: versionWords })),
  release_version: Type.Optional(Type.String({ maxLength: 256, description: versionWords })),
  write: Type.Optional(
    Type.Boolean({ default: false, description: "Also keeps this as what the device reported. Claims nothing." }),
  ),
});
export type ResolveDeviceUpdate = Static<typeof ResolveDeviceUpdate>;

export const updateStatuses = ["update", "no_update", "device_quarantine"] as const;
export const sourceTypes = ["release", "bundle_override"] as const;
export type SourceType = (typeof sourceTypes)[number];

const NullableSourceType = Type.Unsafe<SourceType | null>({ type: ["string", "null"], enum: [...sourceTypes, null] });

/** An item of a manifest in the admin API's own spelling; each name also as the official document has it. */
export const AdminManifestItem = Type.Object(
  {
    prn: Prn,
    binary_prn: Prn,
    artifact_prn: Prn,
    artifact: Prn,
    artifact_version_prn: Prn,
    artifact_version: Prn,
    hash: Type.String(),
    size: Type.Unsafe<number | null>({
      ...NullableInteger,
      description: "Null above 2³²−1: the official SDK reads 32 bits here.",
    }),
    target: Type.String(),
    custom_metadata: CustomMetadata,
    signatures: Type.Array(Type.Object({ signing_key_prn: Prn, keyid: Type.String(), signature: Type.String() })),
    url: Type.String(),
  },
  { title: "AdminManifestItem" },
);
export type AdminManifestItem = Static<typeof AdminManifestItem>;

export const DeviceUpdate = Type.Object(
  {
    status: Type.Unsafe<(typeof updateStatuses)[number]>({ type: "string", enum: updateStatuses }),
    source_type: NullableSourceType,
    source_prn: NullableString,
    bundle_prn: NullableString,
    manifest: Type.Unsafe<AdminManifestItem[] | null>({ type: ["array", "null"], items: AdminManifestItem }),
  },
  { title: "DeviceUpdate" },
);
export type DeviceUpdate = Static<typeof DeviceUpdate>;

const Expandables = Type.Unsafe<string | string[]>({
  anyOf: [
    { type: "string", maxLength: 128 },
    { type: "array", items: { type: "string", maxLength: 128 }, maxItems: 64 },
  ],
  description: "Fields to answer with, such as `manifest` or `manifest.url`. Unknown ones are left out.",
});

/** `expand[]=a&expand[]=a.b`, as it comes in a query; the brackets may be left out. */
export const ExpandQuery = Type.Object({ "expand[]": Type.Optional(Expandables), expand: Type.Optional(Expandables) });
export type ExpandQuery = Static<typeof ExpandQuery>;

/** The device API answers with what was expanded, so its shape is open. */
export const ExpandedUpdate = Type.Object(
  {
    status: Type.String({
      description: "`update`, `no_update`, `device_quarantine` (`device_quarantined` to peridiod).",
    }),
    source_type: Type.Optional(NullableSourceType),
    cohort: Type.Optional(Type.Unknown()),
    bundle_override: Type.Optional(Type.Unknown()),
    release: Type.Optional(Type.Unknown()),
    bundle: Type.Optional(Type.Unknown()),
    manifest: Type.Optional(
      Type.Unsafe<Partial<ManifestItem>[] | null>({
        type: ["array", "null"],
        items: { type: "object", additionalProperties: true },
      }),
    ),
  },
  { title: "ExpandedUpdate" },
);
export type ExpandedUpdate = Static<typeof ExpandedUpdate>;

export const DeviceMe = Type.Object({
  data: Type.Object({
    prn: Prn,
    identifier: Type.String(),
    quarantined: Type.Boolean(),
    cohort: Type.Optional(Type.Unknown()),
    manifest: Type.Optional(Type.Unknown()),
  }),
});
export type DeviceMe = Static<typeof DeviceMe>;

/** Answer to agents of the legacy deployments, which this server has none of. */
export const LegacyDeviceUpdate = Type.Object({
  data: Type.Object({
    update_available: Type.Literal(false),
    firmware_url: Type.Null(),
    firmware_meta: Type.Null(),
    deployment_id: Type.Null(),
  }),
});

export const reportedStates = ["downloading", "installing", "installed", "failed", "rolled_back"] as const;
export type ReportedState = (typeof reportedStates)[number];

/** What a device says of the update that it was served. */
export const DeviceReport = Type.Object({
  bundle_prn: Prn,
  release_prn: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 128 })),
  state: Type.Unsafe<ReportedState>({ type: "string", enum: reportedStates }),
  detail: Type.Optional(
    Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 1024, description: "Why it failed, in words." }),
  ),
});
export type DeviceReport = Static<typeof DeviceReport>;
