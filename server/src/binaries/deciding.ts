import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../database/tables.ts";
import { changing } from "../database/transaction.ts";

/** Somebody else changed the record between our read and our write; look again. */
class Raced extends Error {}

const maxAttempts = 20;

/** Runs `work` in a transaction of the organization, again from its first read whenever another request was faster. */
export async function deciding<T>(
  db: Kysely<Tables>,
  organizationId: string,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await changing(db, organizationId, work);
    } catch (error) {
      if (!(error instanceof Raced) || attempt === maxAttempts) throw error;
    }
  }
}

/** To be thrown inside `deciding`: what was read is not what is there any more. */
export function raced(binaryId: string): Error {
  return new Raced(`binary ${binaryId} changed`);
}
