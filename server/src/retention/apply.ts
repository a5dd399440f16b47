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
    const rows = rule ? await leaving(platform, transaction, rule) : [];
    const gone = rows.slice(0, batch);
    const body = rule?.action === "destroy" ? { state: "destroyed" as const } : { archived: true };
    for (const row of gone) await changeBinary(platform, transaction, row, body, by, "retention");
    return { rule, gone, more: rows.length > batch };
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

/** Records of what the rule doesn't keep: one more than go in one go. */
async function leaving({ clock }: Needs, transaction: Kysely<Tables>, rule: RetentionRuleRow): Promise<BinaryRow[]> {
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
  if (oldest.length === 0) return [];
  return transaction
    .selectFrom("binaries")
    .selectAll()
    .where("organization_id", "=", organization_id)
    .where(
      "id",
      "in",
      oldest.map(({ id }) => id),
    )
    .orderBy("inserted_at")
    .orderBy("id")
    .execute();
}
