import { sign } from "node:crypto";
import { type AuditHead, headStatement, noHash, organizationPrn } from "@open-peridio/contract";
import { timestamp } from "../database/time.ts";
import type { Platform } from "../platform.ts";

/** Where an organization's trail ends now, signed. */
export async function signedHead({ db, clock, auditKey }: Platform, organizationId: string): Promise<AuditHead> {
  const head = await db
    .selectFrom("audit_heads")
    .select(["sequence", "hash"])
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
  const said = {
    organization_prn: organizationPrn(organizationId),
    sequence: Number(head?.sequence ?? 0),
    hash: head?.hash ?? noHash,
    signed_at: timestamp(clock.now()),
    public_key: auditKey.publicKey,
  };
  const signature = sign(null, Buffer.from(headStatement(said)), auditKey.privateKey).toString("base64");
  return { ...said, signature };
}
