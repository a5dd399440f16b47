import { type Kysely, sql, type Transaction } from "kysely";
import { isPostgres } from "./dialect.ts";
import { tellNews } from "./news.ts";
import { isConnectionLost, isSerializationFailure } from "./postgres-errors.ts";
import type { AuditHeadRow, Tables } from "./tables.ts";

/** How often a transaction that the database gave up is begun anew. */
const maxAttempts = 10;

/** The connection was lost before the answer to a commit: nobody knows whether it happened. What it may refer to must stay. */
export class CommitUnknown extends Error {}

/**
 * Runs `work` in a transaction. PostgreSQL may give one up that was in another's way, or lose the connection; as long as its
 * commit was not begun, nothing happened, so it is run again from its beginning. @throws CommitUnknown
 */
export async function inTransaction<T>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let committing = false;
    let ran: Transaction<Tables> | undefined;
    try {
      const result = await db.transaction().execute(async (transaction) => {
        ran = transaction;
        const result = await work(transaction);
        committing = true;
        return result;
      });
      tellNews(db, ran!);
      return result;
    } catch (error) {
      // A conflict is told at the commit too, and means that there was none.
      const gaveUp = isSerializationFailure(error);
      const lost = !gaveUp && isConnectionLost(error);
      if (lost && committing) throw new CommitUnknown("the connection was lost during a commit", { cause: error });
      if (!(gaveUp || lost) || attempt === maxAttempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

/**
 * Runs `work` in a transaction that changes an organization's things, after all others that do: what it reads stays as it
 * is until it ends. SQLite has one writer at a time; on PostgreSQL the end of the organization's trail is the turn, where
 * they would wait for each other anyway.
 */
export function changing<T>(
  db: Kysely<Tables>,
  organizationId: string,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (transaction) => {
    if (isPostgres(transaction)) await takeHead(transaction, organizationId);
    return work(transaction);
  });
}

/** The end of an organization's trail, which is this transaction's until it ends; undefined when there is none yet. */
export function takeHead(
  transaction: Kysely<Tables>,
  organizationId: string,
): Promise<Pick<AuditHeadRow, "sequence" | "hash"> | undefined> {
  const head = transaction
    .selectFrom("audit_heads")
    .select(["sequence", "hash"])
    .where("organization_id", "=", organizationId);
  return (isPostgres(transaction) ? head.forUpdate() : head).executeTakeFirst();
}

/** Waits until no other transaction that took this person's turn is under way. To be called before anything is read. */
export async function takeUser(transaction: Kysely<Tables>, id: string): Promise<void> {
  if (!isPostgres(transaction)) return;
  // What refers to the person may still be added meanwhile.
  await transaction.selectFrom("users").select("id").where("id", "=", id).forNoKeyUpdate().execute();
}

/** Waits until no other transaction that took the turn of this name is under way. */
export async function takeTurn(transaction: Kysely<Tables>, name: string): Promise<void> {
  if (!isPostgres(transaction)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}
