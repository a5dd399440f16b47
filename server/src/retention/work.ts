import { Counter } from "prom-client";
import { startLeasedRounds } from "../database/rounds.ts";
import type { RetentionRuleRow } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";
import { theServer } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { applyRule, type Needs } from "./apply.ts";

/** Milliseconds between two looks for rules that are due. */
const lookEvery = 10_000;
/** Rules that are read at once. */
const batch = 50;

type Work = Needs &
  Pick<Platform, "log" | "leases" | "metrics"> & { config: Pick<Platform["config"], "retentionInterval"> };

/** Applies rules that are enabled, over and over, in one replica at a time. */
export function startRetention(platform: Work) {
  const { db, clock, log, config, metrics } = platform;

  const removed = new Counter({
    name: "peridio_retention_binaries_total",
    help: "Binaries that rules of retention archived or destroyed in the background.",
    labelNames: ["action"],
    registers: [metrics.register],
  });

  function due(): Promise<RetentionRuleRow[]> {
    const before = timestamp(new Date(clock.now().getTime() - config.retentionInterval * 1000));
    return db
      .selectFrom("retention_rules")
      .selectAll()
      .where("enabled", "=", 1)
      .where((eb) => eb.or([eb("applied_at", "is", null), eb("applied_at", "<=", before)]))
      .limit(batch)
      .execute();
  }

  async function apply(rule: RetentionRuleRow, signal: AbortSignal): Promise<void> {
    const { organization_id, artifact_id: id } = rule;
    let more = true;
    while (more && !signal.aborted) {
      const run = await applyRule(platform, { organization_id, id }, theServer);
      if (run.archived > 0) removed.inc({ action: "archive" }, run.archived);
      if (run.destroyed > 0) removed.inc({ action: "destroy" }, run.destroyed);
      more = run.more;
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    for (let rules = await due(); rules.length > 0 && !signal.aborted; rules = await due()) {
      for (const rule of rules) {
        if (signal.aborted) return;
        await apply(rule, signal).catch((err) => {
          log.error({ err, artifact: rule.artifact_id }, "a rule of retention could not be applied; it is tried again");
        });
        // Also of one that failed: it waits for its next turn. One that was set anew meanwhile is due.
        await db
          .updateTable("retention_rules")
          .set({ applied_at: timestamp(clock.now()) })
          .where("organization_id", "=", rule.organization_id)
          .where("artifact_id", "=", rule.artifact_id)
          .where("updated_at", "=", rule.updated_at)
          .execute();
      }
    }
  }

  const every = config.retentionInterval === 0 ? 0 : lookEvery;
  return startLeasedRounds(platform, { lease: "retention", every, failed: "rules of retention can't be read" }, run);
}
