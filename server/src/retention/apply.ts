import type { RetentionRun } from "@open-peridio/contract";
import type { Kysely } from "kysely";
import { deciding } from "../binaries/deciding.ts";
import { placeOf } from "../binaries/transitions.ts";
import { changeBinary } from "../binaries/update.ts";
import type { ArtifactRow, BinaryRow, RetentionRuleRow, Tables } from "../database/tables.ts";
import type { Author, Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { judged } from "./judge.ts";
import { findRule, ruleOf } from "./rules.ts";

/** Binaries that go in one transaction, the oldest first. */
const batch = 100;

export type Needs = Pick<Platform, "db" | "clock" | "uploads" | "discarded">;

/** Does what the rule of an artifact says, up to a hundred binaries. @throws ApiError 404 */
export async function applyOnDemand(platform: Platform, principal: Principal, prn: string): Promise<RetentionRun> {
  const { artifact } = await findRule(platform.db, principal, prn);
  return applyRule(platform, artifact, principal);
}

/** Judges and acts in one transaction, so that nothing goes that a rule keeps at that moment. */
export async function applyRule(
  platform: Needs,
  artifact: Pick<ArtifactRow, "organization_id" | "id">,
  by: Author,
): Promise<RetentionRun> {
  const { organization_id, id } = artifact;
  const run = await deciding(platform.db, organization_id, async (transaction) => {
    const rule = await ruleOf(transaction, { organization_id, id });
    const ids = rule ? await leaving(platform, transaction, rule) : [];
    const gone: BinaryRow[] = [];
    const body = rule?.action === "destroy" ? { state: "destroyed" as const } : { archived: true };
    for (const one of ids.slice(0, batch)) {
      const row = await find(transaction, organization_id, one);
      await changeBinary(platform, transaction, row, body, by, "retention");
      gone.push(row);
    }
    return { rule, gone, more: ids.length > batch };
  });
  const destroys = run.rule?.action === "destroy";
  if (destroys) {
    for (const row of run.gone) await platform.uploads.stop(placeOf(row));
    platform.discarded.remove();
  }
  const count = run.gone.length;
  const bytes = run.gone.reduce((sum, { size }) => sum + size!, 0);
  return { archived: destroys ? 0 : count, destroyed: destroys ? count : 0, bytes, more: run.more };
}

/** Ids of what the rule doesn't keep: one more than go in one go. */
async function leaving({ clock }: Needs, transaction: Kysely<Tables>, rule: RetentionRuleRow): Promise<string[]> {
  const { organization_id, artifact_id } = rule;
  const artifact = await transaction
    .selectFrom("artifacts")
    .select("hold_until")
    .where("organization_id", "=", organization_id)
    .where("id", "=", artifact_id)
    .executeTakeFirstOrThrow();
  const oldest = await judged(transaction, rule, artifact, clock.now())
    .select("judged.id")
    .where("judged.kept", "=", 0)
    .orderBy("judged.inserted_at")
    .orderBy("judged.id")
    .limit(batch + 1)
    .execute();
  return oldest.map(({ id }) => id);
}

/** Read one by one: what goes changes the records that share its content. */
function find(transaction: Kysely<Tables>, organizationId: string, id: string): Promise<BinaryRow> {
  return transaction
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
}
