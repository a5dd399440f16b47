import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("users")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("email", "text", (column) => column.notNull().unique())
    .addColumn("username", "text", (column) => column.notNull())
    .addColumn("username_key", "text", (column) => column.notNull().unique())
    .addColumn("password_hash", "text")
    .addColumn("totp_sealed_secret", "text")
    .addColumn("totp_confirmed_at", "text")
    .addColumn("totp_last_step", "bigint")
    .addColumn("recovery_hashes", "text")
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();

  await db.schema
    .createTable("org_users")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("org_users_pk", ["organization_id", "id"])
    .addUniqueConstraint("org_users_once", ["organization_id", "user_id"])
    .addCheckConstraint("org_users_role", sql`role in ('admin', 'developer', 'signer', 'viewer')`)
    .execute();
  await db.schema.createIndex("org_users_by_user").on("org_users").column("user_id").execute();

  await db.schema
    .createTable("invitations")
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("invited_by_prn", "text")
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addColumn("accepted_at", "text")
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("invitations_pk", ["organization_id", "id"])
    .execute();
  await db.schema.createIndex("invitations_by_email").on("invitations").column("email").execute();

  await db.schema
    .createTable("user_sessions")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("address", "text")
    .addColumn("user_agent", "text")
    .addColumn("last_seen_at", "text", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("user_sessions_by_user").on("user_sessions").column("user_id").execute();

  await db.schema
    .createTable("sign_in_attempts")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("failures", "integer", (column) => column.notNull())
    .addColumn("last_at", "text", (column) => column.notNull())
    .addColumn("blocked_until", "text")
    .execute();

  await db.schema.createIndex("sign_in_attempts_by_time").on("sign_in_attempts").column("last_at").execute();

  await db.schema
    .createTable("user_identities")
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("user_identities_pk", ["issuer", "subject"])
    .execute();
}
