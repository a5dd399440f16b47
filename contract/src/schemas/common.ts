import { type Static, type TProperties, Type } from "typebox";
import { uuidPattern } from "../prn.ts";

/**
 * Shapes that all resources share. `x-expected` says in words what a pattern wants; validation messages print it.
 * Nullable shapes use a type list, not a union, because the serialiser is several times faster on it.
 */

export const Prn = Type.String({ maxLength: 128, description: "A Peridio resource name." });

export const Uuid = Type.String({
  pattern: `^${uuidPattern}$`,
  "x-expected": "a UUID such as 0190b1c2-7d3e-7f00-8000-000000000000",
});

export const NullableString = Type.Unsafe<string | null>({ type: ["string", "null"] });
export const NullablePrn = Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 128 });
export const NullableInteger = Type.Unsafe<number | null>({ type: ["integer", "null"] });

export const Timestamp = Type.String({ description: "UTC, ISO 8601 with microseconds and Z." });

const time = {
  maxLength: 40,
  pattern: "^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)$",
  "x-expected": "an RFC 3339 time such as 2026-01-31T00:00:00Z",
};

/** A time in a request; read it with the database's `readTime`. */
export const Time = Type.String(time);
export const NullableTime = Type.Unsafe<string | null>({ type: ["string", "null"], ...time });

/** Text that every database can hold and every terminal can show. */
const printable = {
  pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$",
  "x-expected": "text without control characters",
};

export const Name = Type.String({ minLength: 1, maxLength: 128, ...printable });

export const Description = Type.Unsafe<string | null>({
  type: ["string", "null"],
  minLength: 1,
  maxLength: 256,
  ...printable,
  description: "1 to 256 characters, or null.",
});

/** Bytes of compact JSON that `custom_metadata` may have. */
export const maxMetadataBytes = 1_000_000;

export type Metadata = Record<string, unknown>;

export const CustomMetadata = Type.Unsafe<Metadata | null>({
  type: ["object", "null"],
  additionalProperties: true,
  description: `A JSON object of at most ${maxMetadataBytes} bytes, or null.`,
});

/** A digest in a request; read it with `parseSha256`. */
export const Sha256Input = Type.String({
  maxLength: 256,
  description: "SHA-256: 64 hexadecimal characters, optionally after `sha256:`.",
});

export const PrnParams = Type.Object({ prn: Prn });

export const maxPageSize = 100;

export const ListQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 10 })),
  order: Type.Optional(Type.Unsafe<"asc" | "desc">({ type: "string", enum: ["asc", "desc"] })),
  search: Type.Optional(Type.String({ description: "One to five clauses joined by ` and `; see the keys above." })),
  page: Type.Optional(Type.String({ maxLength: 512, description: "`next_page` of the answer before." })),
});

/** What a list request asks for, after validation. */
export type ListQuery = Static<typeof ListQuery>;

export const ErrorBody = Type.Object(
  {
    errors: Type.Unsafe<Record<string, unknown>>({
      type: "object",
      additionalProperties: true,
      description: "For 422: field → messages. Otherwise: `detail`, a sentence, and `code`, a stable word.",
    }),
  },
  { title: "Error" },
);

/** `{ "<plural>": [...], "next_page": string or null }` */
export function listOf<P extends string, T extends TProperties>(plural: P, item: ReturnType<typeof Type.Object<T>>) {
  return Type.Object({ [plural]: Type.Array(item), next_page: NullableString } as {
    [K in P]: ReturnType<typeof Type.Array<typeof item>>;
  } & { next_page: typeof NullableString });
}

/** Fields that every stored resource answers with. */
export const stored = {
  prn: Prn,
  organization_prn: Prn,
  inserted_at: Timestamp,
  updated_at: Timestamp,
};

/** Fields of what can be archived: hidden from lists, and in no new bundle. */
export const archivable = {
  archived: Type.Boolean(),
  archived_at: Type.Unsafe<string | null>({ type: ["string", "null"], description: "Null while it isn't archived." }),
};
