import { type Static, Type } from "typebox";
import { NullablePrn, NullableString, Prn, Timestamp } from "./common.ts";

export const auditResults = ["done", "denied", "failed"] as const;
export type AuditResult = (typeof auditResults)[number];

const Fields = Type.Unsafe<Record<string, unknown> | null>({ type: ["object", "null"], additionalProperties: true });

export const AuditLog = Type.Object(
  {
    prn: Prn,
    organization_prn: Prn,
    sequence: Type.Integer({ description: "1, 2, 3 … within the organization, without a gap." }),
    actor_prn: NullablePrn,
    actor_name: Type.String({ description: "As it was called then; `server` for the server itself." }),
    address: NullableString,
    user_agent: NullableString,
    request_id: NullableString,
    type: Type.String({ description: "What kind of thing it happened to." }),
    subtype: Type.String({ description: "What happened." }),
    resource_prn: Prn,
    before: Fields,
    after: Fields,
    result: Type.Unsafe<AuditResult>({ type: "string", enum: auditResults }),
    inserted_at: Timestamp,
    previous_hash: Type.String(),
    hash: Type.String({ description: "SHA-256 over the RFC 8785 JSON of all other fields." }),
  },
  { title: "AuditLog" },
);
export type AuditLog = Static<typeof AuditLog>;

/** Where the trail ends, said and signed by the server. */
export const AuditHead = Type.Object(
  {
    organization_prn: Prn,
    sequence: Type.Integer({ description: "Of the last entry; 0 for a trail without any." }),
    hash: Type.String({ description: "Of the last entry." }),
    signed_at: Timestamp,
    public_key: Type.String({ description: "Ed25519, base64 of its 32 bytes." }),
    signature: Type.String({
      description: "Ed25519, base64, over the RFC 8785 JSON of all other fields.",
    }),
  },
  { title: "AuditHead" },
);
export type AuditHead = Static<typeof AuditHead>;

export const exportForms = ["ndjson", "csv"] as const;

export const ExportQuery = Type.Object({
  format: Type.Optional(
    Type.Unsafe<(typeof exportForms)[number]>({ type: "string", enum: exportForms, default: "ndjson" }),
  ),
  from_sequence: Type.Optional(Type.Integer({ minimum: 1, description: "The first entry; 1 when left out." })),
  search: Type.Optional(
    Type.String({ description: "Only these entries, as in the list. The chain can't be verified." }),
  ),
});
export type ExportQuery = Static<typeof ExportQuery>;
