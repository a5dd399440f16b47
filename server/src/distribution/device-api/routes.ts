import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { limitRates } from "../../http/rate-limit.ts";
import { forbidCaching } from "../../http/security-headers.ts";
import { serve } from "../../http/serve.ts";
import type { Platform } from "../../platform.ts";
import { arrive } from "./arrival.ts";
import { readExpand } from "./expand.ts";
import { getMe } from "./me.ts";
import { admitNewDevices, recogniseDevices } from "./recognise.ts";
import { takeReport } from "./report.ts";
import { isUnchanged } from "./revalidation.ts";
import { getUpdate } from "./update.ts";

/** What devices call. Who recognises other callers does so before. */
export function deviceRoutes(app: FastifyInstance, platform: Platform): void {
  recogniseDevices(app, platform);
  limitRates(app, platform.config);
  admitNewDevices(app, platform);
  forbidCaching(app);

  serve(app, contract.getUpdate, async ({ query, request, reply }) => {
    const answer = await getUpdate(platform, request, readExpand(query));
    return isUnchanged(platform, request, reply, answer) ? (reply.code(304).send() as never) : answer;
  });
  serve(app, contract.reportUpdate, ({ body, request }) => takeReport(platform, request, body));
  serve(app, contract.getDeviceMe, async ({ query, request }) => ({
    data: await getMe(platform, request, readExpand(query)),
  }));
  serve(app, contract.getLegacyDeviceUpdate, async ({ request }) => {
    await arrive(platform, request);
    return { data: { update_available: false as const, firmware_url: null, firmware_meta: null, deployment_id: null } };
  });
  serve(app, contract.listDeviceTunnels, async ({ request }) => {
    await arrive(platform, request);
    return { tunnels: [], next_page: null };
  });
}
