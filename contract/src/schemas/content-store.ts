import { type Static, Type } from "typebox";
import { Name, NullablePrn, NullableString, Prn, stored, Timestamp } from "./common.ts";

export const storeStates = ["active", "inactive"] as const;
export type StoreState = (typeof storeStates)[number];

const State = Type.Unsafe<StoreState>({
  type: "string",
  enum: storeStates,
  description: "New content goes to the active store; without one, to the server's own.",
});

/** What is tried, in this order. */
export const storeTestSteps = [
  "assume_role",
  "reach",
  "begin_upload",
  "refuse_wrong_bytes",
  "upload_part",
  "list_parts",
  "complete_upload",
  "read_size",
  "read_range",
  "download",
  "refuse_strangers",
  "abort_upload",
  "delete",
] as const;
export type StoreTestStep = (typeof storeTestSteps)[number];

export const StoreTest = Type.Object(
  {
    passed: Type.Boolean(),
    at: Timestamp,
    steps: Type.Array(
      Type.Object({
        step: Type.Unsafe<StoreTestStep>({ type: "string", enum: storeTestSteps }),
        outcome: Type.Unsafe<"passed" | "failed" | "skipped">({
          type: "string",
          enum: ["passed", "failed", "skipped"],
        }),
        duration_ms: Type.Integer(),
        detail: Type.Unsafe<string | null>({
          type: ["string", "null"],
          description: "Of a failed step the store's words; of a skipped one the reason.",
        }),
        hint: Type.Unsafe<string | null>({ type: ["string", "null"], description: "What would help." }),
      }),
    ),
  },
  { title: "StoreTest" },
);
export type StoreTest = Static<typeof StoreTest>;

export const ContentStore = Type.Object(
  {
    ...stored,
    name: Type.String(),
    url: Type.String(),
    state: State,
    external_id: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description:
        "Of a store that is reached by a role: what the role's trust policy must ask for as `sts:ExternalId`.",
    }),
    last_test: Type.Unsafe<StoreTest | null>({ ...StoreTest, type: ["object", "null"] }),
  },
  { title: "ContentStore" },
);
export type ContentStore = Static<typeof ContentStore>;

const Secret = (description: string) => Type.String({ minLength: 1, maxLength: 1_024, description });

export const StoreCredentials = Type.Object(
  {
    access_key_id: Type.Optional(Secret("Of `s3://` without a role, and of `gs://` (an HMAC key).")),
    secret_access_key: Type.Optional(Secret("Goes with it.")),
    account_key: Type.Optional(Secret("Of `azblob://`: the key of the account, in base64.")),
  },
  { title: "StoreCredentials", description: "Kept encrypted, and never answered." },
);
export type StoreCredentials = Static<typeof StoreCredentials>;

export const CreateContentStore = Type.Object({
  name: Name,
  url: Type.String({
    minLength: 1,
    maxLength: 1_024,
    description:
      "`s3://BUCKET/PREFIX?region=&endpoint=…`, `gs://BUCKET/PREFIX` or `azblob://CONTAINER/PREFIX?account=…`, with the " +
      "options of the server's own store but `profile` and `external_id`.",
  }),
  credentials: Type.Optional(StoreCredentials),
});
export type CreateContentStore = Static<typeof CreateContentStore>;

export const UpdateContentStore = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(Name),
  credentials: Type.Optional(StoreCredentials),
});
export type UpdateContentStore = Static<typeof UpdateContentStore>;

export const DeleteContentStore = Type.Object({
  abandon: Type.Optional(
    Type.Boolean({
      default: false,
      description: "Leaves there what no binary needs any more but could not be removed yet.",
    }),
  ),
});

/** What a move calls the server's own store. */
export const serverStore = "server";

export const moveStates = ["running", "paused", "done", "cancelled"] as const;
export type MoveState = (typeof moveStates)[number];

export const ContentMove = Type.Object(
  {
    ...stored,
    from_prn: Type.Unsafe<string | null>({ type: ["string", "null"], description: "Null for the server's own store." }),
    to_prn: Type.Unsafe<string | null>({ type: ["string", "null"], description: "Null for the server's own store." }),
    artifact_prn: NullablePrn,
    state: Type.Unsafe<MoveState>({ type: "string", enum: moveStates }),
    moved_binaries: Type.Integer(),
    moved_bytes: Type.Integer(),
    last_error: NullableString,
    ended_at: NullableString,
  },
  { title: "ContentMove" },
);
export type ContentMove = Static<typeof ContentMove>;

export const ContentMoveWithRest = Type.Object(
  {
    ...ContentMove.properties,
    rest: Type.Object({
      binaries: Type.Integer({ description: "Still to be moved, the waiting ones with them." }),
      bytes: Type.Integer(),
      waiting: Type.Integer({
        description:
          "In the midst of an upload: they are moved when it has ended. A reset ends it as well. Or archived where they can't be read: they are moved when they are restored.",
      }),
    }),
  },
  { title: "ContentMoveWithRest" },
);
export type ContentMoveWithRest = Static<typeof ContentMoveWithRest>;

const End = (description: string) =>
  Type.String({ minLength: 1, maxLength: 128, description: `${description}: PRN of a store, or \`${serverStore}\`.` });

export const CreateContentMove = Type.Object({
  from: End("Where the content is"),
  to: End("Where it goes"),
  artifact_prn: Type.Optional(
    Type.Unsafe<string | null>({
      type: ["string", "null"],
      maxLength: 128,
      description: "Only what is of this artifact.",
    }),
  ),
});
export type CreateContentMove = Static<typeof CreateContentMove>;
