import {
  ApiError,
  invalidFields,
  type RetentionRule,
  resourcePrn,
  type SetRetentionRule,
} from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { about, difference, record } from "../activity/record.ts";
import { findOwn } from "../database/own-row.ts";
import type { ArtifactRow, RetentionRuleRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { changing } from "../database/transaction.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";

/** @throws ApiError 404 */
export async function getRule({ db }: Platform, principal: Principal, prn: string): Promise<RetentionRule> {
  return show((await findRule(db, principal, prn)).rule);
}

/** The artifact and its rule. @throws ApiError 404 for either */
export async function findRule(db: Kysely<Tables>, principal: Principal, prn: string) {
  const artifact = await findOwn(db, principal, "artifacts", prn);
  const rule = await ruleOf(db, artifact);
  if (!rule) throw new ApiError("not_found", `the artifact '${prn}' has no retention rule`);
  return { artifact, rule };
}

/** @throws ApiError 404; 422 for a rule that would keep nothing by itself */
export async function setRule(
  { db, clock }: Platform,
  principal: Principal,
  prn: string,
  body: SetRetentionRule,
): Promise<RetentionRule> {
  const { keep_last = null, keep_days = null } = body;
  if (keep_last === null && keep_days === null) {
    throw invalidFields({ keep_last: ["or keep_days is required: a rule has to say what it keeps"] });
  }
  const rule = await changing(db, principal.organizationId, async (transaction) => {
    const artifact = await findOwn(transaction, principal, "artifacts", prn);
    const before = await ruleOf(transaction, artifact);
    const now = timestamp(clock.now());
    const rule: RetentionRuleRow = {
      organization_id: artifact.organization_id,
      artifact_id: artifact.id,
      inserted_at: before?.inserted_at ?? now,
      updated_at: now,
      enabled: body.enabled === true ? 1 : 0,
      action: body.action,
      keep_last,
      keep_days,
      keep_reported: body.keep_reported === false ? 0 : 1,
      keep_released: body.keep_released === false ? 0 : 1,
      applied_at: null,
    };
    const { organization_id, artifact_id, inserted_at, ...changed } = rule;
    await transaction
      .insertInto("retention_rules")
      .values(rule)
      .onConflict((conflict) => conflict.columns(["organization_id", "artifact_id"]).doUpdateSet(changed))
      .execute();
    const changes = before ? difference(before, rule) : { after: { ...rule } };
    await record(transaction, { ...about(principal, "artifact", artifact, "retention_set"), ...changes, at: now });
    return rule;
  });
  return show(rule);
}

/** @throws ApiError 404 */
export async function removeRule({ db, clock }: Platform, principal: Principal, prn: string): Promise<void> {
  await changing(db, principal.organizationId, async (transaction) => {
    const { artifact, rule } = await findRule(transaction, principal, prn);
    await transaction
      .deleteFrom("retention_rules")
      .where("organization_id", "=", rule.organization_id)
      .where("artifact_id", "=", rule.artifact_id)
      .execute();
    const happening = about(principal, "artifact", artifact, "retention_removed");
    await record(transaction, { ...happening, before: { ...rule }, at: timestamp(clock.now()) });
  });
}

export function ruleOf(
  db: Kysely<Tables>,
  { organization_id, id }: Pick<ArtifactRow, "organization_id" | "id">,
): Promise<RetentionRuleRow | undefined> {
  return db
    .selectFrom("retention_rules")
    .selectAll()
    .where("organization_id", "=", organization_id)
    .where("artifact_id", "=", id)
    .executeTakeFirst();
}

function show(row: RetentionRuleRow): RetentionRule {
  return {
    artifact_prn: resourcePrn(row.organization_id, "artifact", row.artifact_id),
    enabled: row.enabled === 1,
    action: row.action,
    keep_last: row.keep_last,
    keep_days: row.keep_days,
    keep_reported: row.keep_reported === 1,
    keep_released: row.keep_released === 1,
    applied_at: row.applied_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}
