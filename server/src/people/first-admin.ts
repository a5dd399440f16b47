import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Config } from "../config.ts";
import type { Tables } from "../database/tables.ts";
import { theServer } from "../http/principal.ts";
import { hashPassword } from "./passwords.ts";
import { addMember, addUser } from "./users.ts";

export interface NewAdmin {
  email: string;
  /** To be shown once; null when the setting gave it. */
  password: string | null;
}

/** 26 characters that can be read aloud. */
export function newPassword(): string {
  return randomBytes(16)
    .toString("hex")
    .replaceAll(/(.{8})(?=.)/g, "$1-");
}

/** Prepares the admin of the very first organization; the returned function makes it, in the same transaction. */
export async function prepareFirstAdmin(config: Config) {
  const given = config.bootstrapAdminPassword;
  const password = given === "" ? newPassword() : given;
  const passwordHash = await hashPassword(password);
  const email = config.bootstrapAdminEmail;
  return {
    admin: { email, password: given === "" ? password : null } satisfies NewAdmin,
    async make(transaction: Kysely<Tables>, organizationId: string, now: string): Promise<void> {
      const user = await addUser(transaction, now, { email, username: "admin", passwordHash });
      await addMember(transaction, now, theServer, { organizationId, user, role: "admin" });
    },
  };
}
