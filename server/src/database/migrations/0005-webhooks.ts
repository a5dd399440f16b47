import { type CreateTableBuilder, type Kysely, sql } from "kysely";

function owned<T extends string>(table: CreateTableBuilder<T, never>) {
  return table
    .addColumn("organization_id", "text", (column) => column.notNull().references("organizations.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull());
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable("webhooks"))
    .addColumn("url", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("enabled_events", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("disabled_reason", "text")
    .addColumn("failing_since", "text")
    .addColumn("sealed_secret", "text", (column) => column.notNull())
    .addColumn("previous_sealed_secret", "text")
    .addColumn("previous_expires_at", "text")
    .addPrimaryKeyConstraint("webhooks_pk", ["organization_id", "id"])
    .addCheckConstraint("webhooks_state", sql`state in ('enabled', 'disabled')`)
    .execute();
  await index(db, "webhooks_by_time", "webhooks", ["organization_id", "inserted_at", "id"]);

  await owned(db.schema.createTable("webhook_deliveries"))
    .addColumn("webhook_id", "text", (column) => column.notNull())
    .addColumn("event_id", "text", (column) => column.notNull())
    .addColumn("event_type", "text", (column) => column.notNull())
    .addColumn("resource_prn", "text", (column) => column.notNull())
    .addColumn("position", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("next_attempt_at", "text")
    .addColumn("last_status", "integer")
    .addColumn("last_error", "text")
    .addPrimaryKeyConstraint("webhook_deliveries_pk", ["organization_id", "id"])
    .addForeignKeyConstraint("webhook_deliveries_webhook", ["organization_id", "webhook_id"], "webhooks", [
      "organization_id",
      "id",
    ])
    .addCheckConstraint("webhook_deliveries_state", sql`state in ('pending', 'delivered', 'failed')`)
    .execute();
  await index(db, "webhook_deliveries_by_time", "webhook_deliveries", ["organization_id", "inserted_at", "id"]);
  await db.schema
    .createIndex("webhook_deliveries_due")
    .on("webhook_deliveries")
    .columns(["organization_id", "webhook_id", "next_attempt_at"])
    .where(sql.ref("state"), "=", sql.lit("pending"))
    .execute();
  await db.schema
    .createIndex("webhook_deliveries_first_due")
    .on("webhook_deliveries")
    .column("next_attempt_at")
    .where(sql.ref("state"), "=", sql.lit("pending"))
    .execute();
  await db.schema
    .createIndex("webhook_deliveries_in_order")
    .on("webhook_deliveries")
    .columns(["organization_id", "webhook_id", "resource_prn", "position"])
    .where(sql.ref("state"), "=", sql.lit("pending"))
    .execute();

  await db.schema
    .createTable("webhook_attempts")
    .addColumn("organization_id", "text", (column) => column.notNull())
    .addColumn("delivery_id", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("duration_ms", "integer", (column) => column.notNull())
    .addColumn("status", "integer")
    .addColumn("error", "text")
    .addColumn("response", "text")
    .addPrimaryKeyConstraint("webhook_attempts_pk", ["organization_id", "delivery_id", "id"])
    .addForeignKeyConstraint("webhook_attempts_delivery", ["organization_id", "delivery_id"], "webhook_deliveries", [
      "organization_id",
      "id",
    ])
    .execute();

  await index(db, "events_by_actor", "events", ["organization_id", "actor_prn", "inserted_at", "id"]);
  await index(db, "events_by_type", "events", ["organization_id", "type", "subtype", "inserted_at", "id"]);
}

async function index(db: Kysely<unknown>, name: string, table: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).on(table).columns(columns).execute();
}
