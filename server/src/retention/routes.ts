import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import { applyOnDemand } from "./apply.ts";
import { planRetention } from "./plan.ts";
import { getRule, removeRule, setRule } from "./rules.ts";

export function retentionRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.getRetentionRule, async ({ principal, params }) => ({
    retention_rule: await getRule(platform, principal, params.prn),
  }));
  serve(app, contract.setRetentionRule, async ({ principal, params, body }) => ({
    retention_rule: await setRule(platform, principal, params.prn, body),
  }));
  serve(app, contract.removeRetentionRule, async ({ principal, params }) => {
    await removeRule(platform, principal, params.prn);
  });
  serve(app, contract.getRetentionPlan, ({ principal, params, query }) =>
    planRetention(platform, principal, params.prn, query),
  );
  serve(app, contract.applyRetentionRule, async ({ principal, params }) => ({
    retention_run: await applyOnDemand(platform, principal, params.prn),
  }));
}
