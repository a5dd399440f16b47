import { type Static, Type } from "typebox";
import { Name, NullableInteger, Prn, Timestamp } from "./common.ts";

export const Organization = Type.Object(
  {
    prn: Prn,
    name: Type.String(),
    separate_signer: Type.Boolean({ description: "Whoever uploaded a binary may not sign it." }),
    required_signatures: Type.Integer({ description: "How many keys have to sign before a binary is `signed`." }),
    inserted_at: Timestamp,
    updated_at: Timestamp,
  },
  { title: "Organization" },
);
export type Organization = Static<typeof Organization>;

export const UpdateOrganization = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(Name),
  separate_signer: Type.Optional(Type.Boolean()),
  required_signatures: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
});
export type UpdateOrganization = Static<typeof UpdateOrganization>;

/** Who the caller is; the official SDK needs all three strings, also for a key that belongs to no person. */
export const Me = Type.Object({ email: Type.String(), username: Type.String(), organization_prn: Prn });

const counted = { used: Type.Integer(), allowed: NullableInteger };

/** What an organization has and may have; `allowed` is null where there is no limit. */
export const Usage = Type.Object(
  {
    organization_prn: Prn,
    stored_bytes: Type.Object(counted, { description: "Content that several binaries share counts once." }),
    deduplicated_bytes: Type.Integer({
      description: "What is not stored once more, because binaries share their content.",
    }),
    binaries: Type.Object(counted, { description: "Destroyed ones aren't counted." }),
    part_size: Type.Object({ allowed: NullableInteger }),
    download_bytes: Type.Object(
      { ...counted, resets_at: Timestamp },
      { description: "Sent this month, which ends at `resets_at`." },
    ),
    delta_saved_bytes: Type.Integer({ description: "What devices never had to fetch, because deltas did." }),
  },
  { title: "Usage" },
);
export type Usage = Static<typeof Usage>;
