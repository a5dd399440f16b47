import { type Static, Type } from "typebox";
import { type Scope, scopes } from "../scopes.ts";
import { Name, NullablePrn, NullableString, NullableTime, Prn, stored } from "./common.ts";

const Scopes = Type.Array(Type.Unsafe<Scope>({ type: "string", enum: scopes }), {
  minItems: 1,
  uniqueItems: true,
  description: "What the key may do; `admin` includes all.",
});

export const ApiKey = Type.Object(
  {
    ...stored,
    name: Type.String(),
    prefix: Type.String({ description: "The first characters of the value, to recognise it by." }),
    scopes: Scopes,
    expires_at: NullableString,
    revoked_at: NullableString,
    last_used_at: Type.Unsafe<string | null>({ type: ["string", "null"], description: "To the minute or so." }),
    created_by_prn: NullablePrn,
    previous_expires_at: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "Until when the value before the last rotation is good.",
    }),
  },
  { title: "ApiKey" },
);
export type ApiKey = Static<typeof ApiKey>;

export const CreatedApiKey = Type.Object(
  { ...ApiKey.properties, value: Type.String({ description: "The key itself: shown here, once, and never again." }) },
  { title: "CreatedApiKey" },
);

export const CreateApiKey = Type.Object({ name: Name, scopes: Scopes, expires_at: Type.Optional(NullableTime) });
export type CreateApiKey = Static<typeof CreateApiKey>;

export const UpdateApiKey = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(Name),
  revoked: Type.Optional(Type.Literal(true, { description: "Revokes the key for good." })),
});
export type UpdateApiKey = Static<typeof UpdateApiKey>;

/** Seconds for which a rotated value may stay good: 30 days. */
export const maxRotationOverlap = 2_592_000;

export const RotateApiKey = Type.Object({
  prn: Type.Optional(Prn),
  overlap_seconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: maxRotationOverlap,
      default: 86_400,
      description: "How long the old value stays good; 0 ends it at once.",
    }),
  ),
});
export type RotateApiKey = Static<typeof RotateApiKey>;
