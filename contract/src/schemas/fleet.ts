import { type Static, Type } from "typebox";
import { Description, Name, NullablePrn, NullableString, Prn, stored, Timestamp } from "./common.ts";

/** Text of notes that other official resources than the catalog's carry; their documents give no bound. */
export const LongDescription = Type.Unsafe<string | null>({
  ...Description,
  maxLength: 1024,
  description: "1 to 1,024 characters, or null.",
});

export const Product = Type.Object({ ...stored, name: Type.String(), archived: Type.Boolean() }, { title: "Product" });
export type Product = Static<typeof Product>;

export const CreateProduct = Type.Object({ name: Name, archived: Type.Optional(Type.Boolean()) });
export type CreateProduct = Static<typeof CreateProduct>;

export const UpdateProduct = Type.Object({ prn: Type.Optional(Prn), ...Type.Partial(CreateProduct).properties });
export type UpdateProduct = Static<typeof UpdateProduct>;

export const Cohort = Type.Object(
  {
    ...stored,
    product_prn: Prn,
    name: Type.String(),
    description: NullableString,
    device_count: Type.Integer({ description: "Devices that are in it now." }),
  },
  { title: "Cohort" },
);
export type Cohort = Static<typeof Cohort>;

export const CreateCohort = Type.Object({
  name: Name,
  product_prn: Prn,
  description: Type.Optional(Description),
});
export type CreateCohort = Static<typeof CreateCohort>;

export const UpdateCohort = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(Name),
  description: Type.Optional(Description),
});
export type UpdateCohort = Static<typeof UpdateCohort>;

export const maxTags = 64;

const tag = { type: "string", minLength: 1, maxLength: 128 } as const;

export const NullableTags = Type.Unsafe<string[] | null>({
  type: ["array", "null"],
  items: tag,
  maxItems: maxTags,
  description: `At most ${maxTags} words of 1 to 128 characters, or null.`,
});

const Identifier = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: "^[^\\u0000-\\u001f\\u007f]*$",
  "x-expected": "printable characters, such as a serial number",
});

const DeviceTarget = Type.Unsafe<string | null>({
  type: ["string", "null"],
  minLength: 1,
  maxLength: 128,
  pattern: "^[^\\u0000-\\u001f\\u007f]*$",
  "x-expected": "printable characters, such as the triplet aarch64-linux-gnu",
});

export const Device = Type.Object(
  {
    ...stored,
    product_prn: Prn,
    cohort_prn: NullableString,
    identifier: Type.String({ description: "Unique in the organization; the common name of its certificates." }),
    description: NullableString,
    target: NullableString,
    tags: NullableTags,
    quarantined: Type.Boolean({ description: "Gets no update." }),
    last_connected_at: Type.Unsafe<string | null>({ ...NullableString, description: "To about a minute." }),
    reported_bundle_prn: NullableString,
    reported_release_prn: NullableString,
    reported_release_version: NullableString,
  },
  { title: "Device" },
);
export type Device = Static<typeof Device>;

const deviceFields = {
  cohort_prn: Type.Optional(NullablePrn),
  description: Type.Optional(Description),
  target: Type.Optional(DeviceTarget),
  tags: Type.Optional(NullableTags),
  quarantined: Type.Optional(Type.Boolean()),
};

export const CreateDevice = Type.Object({ identifier: Identifier, product_prn: Prn, ...deviceFields });
export type CreateDevice = Static<typeof CreateDevice>;

export const UpdateDevice = Type.Object({
  prn: Type.Optional(Prn),
  product_prn: Type.Optional(Prn),
  ...deviceFields,
});
export type UpdateDevice = Static<typeof UpdateDevice>;

/** Base64 of a certificate's PEM text, or that text itself. */
const CertificateText = Type.String({
  minLength: 1,
  maxLength: 65_536,
  description: "Base64 of the PEM text of one X.509 certificate.",
});

const validity = {
  serial: Type.String({ description: "Decimal." }),
  not_before: Timestamp,
  not_after: Timestamp,
  common_name: NullableString,
  fingerprint: Type.String({ description: "SHA-256 of the DER, upper-case hex." }),
};

export const DeviceCertificate = Type.Object(
  { ...stored, device_prn: Prn, ...validity },
  { title: "DeviceCertificate" },
);
export type DeviceCertificate = Static<typeof DeviceCertificate>;

export const CreateDeviceCertificate = Type.Object({ device_prn: Prn, certificate: CertificateText });
export type CreateDeviceCertificate = Static<typeof CreateDeviceCertificate>;

/** Just-in-time provisioning: what a device gets that shows up with an unknown certificate of this authority. */
export const Jitp = Type.Object({
  description: NullableString,
  product_prn: Prn,
  product_name: Type.String(),
  cohort_prn: NullableString,
  tags: NullableTags,
  target: NullableString,
  allow_second_certificate: Type.Boolean({
    description: "Whether an unknown certificate may be added to a device that exists already.",
  }),
});
export type Jitp = Static<typeof Jitp>;

const JitpInput = Type.Unsafe<JitpInput | null>({
  type: ["object", "null"],
  additionalProperties: false,
  properties: {
    description: Type.Optional(Description),
    product_prn: Type.Optional(Prn),
    product_name: Type.Optional(Name),
    cohort_prn: Type.Optional(NullablePrn),
    tags: Type.Optional(NullableTags),
    target: Type.Optional(DeviceTarget),
    allow_second_certificate: Type.Optional(Type.Boolean()),
  },
  description: "Switches just-in-time provisioning on, for the product of this PRN or name; null switches it off.",
});
export interface JitpInput {
  description?: string | null;
  product_prn?: string;
  product_name?: string;
  cohort_prn?: string | null;
  tags?: string[] | null;
  target?: string | null;
  allow_second_certificate?: boolean;
}

export const CaCertificate = Type.Object(
  {
    ...stored,
    description: NullableString,
    ...validity,
    jitp: Type.Unsafe<Jitp | null>({ ...Jitp, type: ["object", "null"] }),
  },
  { title: "CaCertificate" },
);
export type CaCertificate = Static<typeof CaCertificate>;

export const CreateCaCertificate = Type.Object({
  certificate: CertificateText,
  verification_certificate: CertificateText,
  description: Type.Optional(LongDescription),
  jitp: Type.Optional(JitpInput),
});
export type CreateCaCertificate = Static<typeof CreateCaCertificate>;

export const UpdateCaCertificate = Type.Object({
  prn: Type.Optional(Prn),
  description: Type.Optional(LongDescription),
  jitp: Type.Optional(JitpInput),
});
export type UpdateCaCertificate = Static<typeof UpdateCaCertificate>;
