import { type Static, Type } from "typebox";
import { Name, Prn, Timestamp } from "./common.ts";

export const Organization = Type.Object(
  { prn: Prn, name: Type.String(), inserted_at: Timestamp, updated_at: Timestamp },
  { title: "Organization" },
);
export type Organization = Static<typeof Organization>;

export const UpdateOrganization = Type.Object({ prn: Type.Optional(Prn), name: Type.Optional(Name) });

/** Who the caller is; the official SDK needs all three strings, also for a key that belongs to no person. */
export const Me = Type.Object({ email: Type.String(), username: Type.String(), organization_prn: Prn });
