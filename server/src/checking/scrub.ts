import { Counter, Gauge } from "prom-client";
import { startLeasedRounds } from "../database/rounds.ts";
import { timestamp } from "../database/time.ts";
import type { Platform } from "../platform.ts";
import { type Check, checkAll, checkBinary, type Finding } from "./pass.ts";
import { makeThrottle } from "./throttle.ts";

/** Milliseconds between two looks for whether a pass is due, and whether what was missing is back. */
const lookEvery = 10_000;
/** Milliseconds that what no record knows must be old to be told of. */
const grace = 86_400_000;
/** Quarantined binaries that one look goes through. */
const lookedAtOnce = 1_000;

type Needs = Pick<Platform, "db" | "stores" | "clock" | "log" | "leases" | "metrics"> & {
  config: Pick<Platform["config"], "scrubRate" | "scrubInterval">;
  bringBack: Check["bringBack"];
};

/** Reads all content slowly, over and over, in one replica at a time: damage shows before somebody needs what is damaged. */
export function startScrub(platform: Needs) {
  const { db, clock, log, config, metrics, bringBack } = platform;

  const found = new Counter({
    name: "peridio_content_findings_total",
    help: "What the background check found wrong, by kind.",
    labelNames: ["kind"],
    registers: [metrics.register],
  });
  new Gauge({
    name: "peridio_content_check_last_completed_seconds",
    help: "When all content was last compared with its records, in seconds since 1970.",
    labelNames: ["check"],
    registers: [metrics.register],
    async collect() {
      for (const { name, last_completed_at } of await db.selectFrom("content_checks").selectAll().execute()) {
        if (last_completed_at !== null) this.set({ check: name }, Date.parse(last_completed_at) / 1000);
      }
    },
  });
  new Gauge({
    name: "peridio_quarantined_binaries",
    help: "Binaries whose content is served to nobody, because it is not what was verified.",
    registers: [metrics.register],
    async collect() {
      const { count } = await db
        .selectFrom("binaries")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("quarantine", "is not", null)
        .executeTakeFirstOrThrow();
      this.set(Number(count));
    },
  });

  function report(finding: Finding): void {
    found.inc({ kind: finding.kind });
    log.error({ finding }, `content is not as its record says${finding.repaired ? "; it was brought back" : ""}`);
  }

  /** Whether a pass has to go on, or to begin. The first one is due an interval after the first start. */
  async function isDue(): Promise<boolean> {
    const last = await db.selectFrom("content_checks").selectAll().where("name", "=", "scrub").executeTakeFirst();
    if (last) {
      const begins = Date.parse(last.started_at) + config.scrubInterval * 1000;
      return last.position !== null || clock.now().getTime() >= begins;
    }
    const now = timestamp(clock.now());
    const none = { position: null, checked_binaries: 0, checked_bytes: 0, findings: 0 };
    await db
      .insertInto("content_checks")
      .values({ name: "scrub", started_at: now, ...none, completed_at: now, last_completed_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return false;
  }

  async function run(signal: AbortSignal): Promise<void> {
    const throttle = makeThrottle(config.scrubRate);
    const check = { name: "scrub", deep: true, repair: false, grace, throttle, signal, report, bringBack } as const;
    const quarantined = await db
      .selectFrom("binaries")
      .selectAll()
      .where("quarantine", "is not", null)
      .limit(lookedAtOnce)
      .execute();
    for (const row of quarantined) {
      // Other bytes are found whole only by reading all: that is for the passes.
      const { fault } = JSON.parse(row.quarantine!) as { fault: string };
      if (fault !== "wrong_hash") await checkBinary(platform, check, row, () => {});
    }
    if (await isDue()) await checkAll(platform, check);
  }

  const every = config.scrubRate === 0 ? 0 : lookEvery;
  const failed = "the check of all content broke off; it goes on";
  return startLeasedRounds(platform, { lease: "scrub", every, failed }, run);
}
