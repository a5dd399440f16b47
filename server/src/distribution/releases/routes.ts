import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { whereOf } from "../../delivery/origins/preference.ts";
import { serve } from "../../http/serve.ts";
import type { Platform } from "../../platform.ts";
import { resolveDeviceUpdate } from "../resolution/device-update.ts";
import { pauseRelease, resumeRelease } from "./pausing.ts";
import { previewRelease } from "./preview.ts";
import * as claims from "./release-claims.ts";
import * as releases from "./releases.ts";
import { getRollout } from "./rollout.ts";

export function releaseRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createRelease, async ({ principal, body }) => ({
    release: await releases.createRelease(platform, principal, body),
  }));
  serve(app, contract.previewRelease, async ({ principal, body }) => ({
    preview: await previewRelease(platform, principal, body),
  }));
  serve(app, contract.listReleases, async ({ principal, query }) => {
    const { items, nextPage } = await releases.listReleases(platform, principal, query);
    return { releases: items, next_page: nextPage };
  });
  serve(app, contract.getRelease, async ({ principal, params }) => ({
    release: await releases.getRelease(platform, principal, params.prn),
  }));
  serve(app, contract.updateRelease, async ({ principal, params, body }) => ({
    release: await releases.updateRelease(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteRelease, async ({ principal, params }) => {
    await releases.deleteRelease(platform, principal, params.prn);
  });
  serve(app, contract.getRollout, async ({ principal, params }) => ({
    rollout: await getRollout(platform, principal, params.prn),
  }));
  serve(app, contract.pauseRelease, async ({ principal, params }) => ({
    release: await pauseRelease(platform, principal, params.prn),
  }));
  serve(app, contract.resumeRelease, async ({ principal, params }) => ({
    release: await resumeRelease(platform, principal, params.prn),
  }));

  serve(app, contract.resolveDeviceUpdate, async ({ principal, params, body, request }) =>
    resolveDeviceUpdate(platform, principal, params.prn, body, whereOf(request, platform.config.regionHeader)),
  );

  serve(app, contract.listReleaseClaims, async ({ principal, query }) => {
    const { items, nextPage } = await claims.listReleaseClaims(platform, principal, query);
    return { release_claims: items, next_page: nextPage };
  });
  serve(app, contract.getReleaseClaim, async ({ principal, params }) => ({
    release_claim: await claims.getReleaseClaim(platform, principal, params.prn),
  }));
}
