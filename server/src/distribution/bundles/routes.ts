import * as contract from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { askedVersion } from "../../http/protocol.ts";
import { serve } from "../../http/serve.ts";
import type { Platform } from "../../platform.ts";
import * as bundles from "./bundles.ts";
import * as devices from "./override-devices.ts";
import * as overrides from "./overrides.ts";
import * as signatures from "./signatures.ts";
import { binaryUsage } from "./usage.ts";

/** Which of its two shapes a bundle is answered in. */
const shape = (request: FastifyRequest) => askedVersion(request) ?? 1;

export function bundleRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createBundle, async ({ principal, body, request }) => ({
    bundle: await bundles.createBundle(platform, principal, body, askedVersion(request)),
  }));
  serve(app, contract.listBundles, async ({ principal, query, request }) => {
    const { items, nextPage } = await bundles.listBundles(platform, principal, query, shape(request));
    return { bundles: items, next_page: nextPage };
  });
  serve(app, contract.getBundle, async ({ principal, params, request }) => ({
    bundle: await bundles.getBundle(platform, principal, params.prn, shape(request)),
  }));
  serve(app, contract.updateBundle, async ({ principal, params, body, request }) => ({
    bundle: await bundles.updateBundle(platform, principal, params.prn, body, shape(request)),
  }));
  serve(app, contract.deleteBundle, async ({ principal, params }) => {
    await bundles.deleteBundle(platform, principal, params.prn);
  });
  serve(app, contract.listSignaturesOfBundle, async ({ principal, params }) => ({
    signatures: await signatures.signaturesOfBundle(platform, principal, params.prn),
  }));
  serve(app, contract.getBinaryUsage, async ({ principal, params }) => ({
    usage: await binaryUsage(platform, principal, params.prn),
  }));

  serve(app, contract.createBundleSignature, async ({ principal, body }) => ({
    bundle_signature: await signatures.createBundleSignature(platform, principal, body),
  }));
  serve(app, contract.listBundleSignatures, async ({ principal, query }) => {
    const { items, nextPage } = await signatures.listBundleSignatures(platform, principal, query);
    return { bundle_signatures: items, next_page: nextPage };
  });
  serve(app, contract.getBundleSignature, async ({ principal, params }) => ({
    bundle_signature: await signatures.getBundleSignature(platform, principal, params.prn),
  }));
  serve(app, contract.deleteBundleSignature, async ({ principal, params }) => {
    await signatures.deleteBundleSignature(platform, principal, params.prn);
  });

  serve(app, contract.createBundleOverride, async ({ principal, body }) => ({
    bundle_override: await overrides.createOverride(platform, principal, body),
  }));
  serve(app, contract.listBundleOverrides, async ({ principal, query }) => {
    const { items, nextPage } = await overrides.listOverrides(platform, principal, query);
    return { bundle_overrides: items, next_page: nextPage };
  });
  serve(app, contract.getBundleOverride, async ({ principal, params }) => ({
    bundle_override: await overrides.getOverride(platform, principal, params.prn),
  }));
  serve(app, contract.updateBundleOverride, async ({ principal, params, body }) => ({
    bundle_override: await overrides.updateOverride(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteBundleOverride, async ({ principal, params }) => {
    await overrides.deleteOverride(platform, principal, params.prn);
  });
  serve(app, contract.listOverriddenDevices, async ({ principal, params, query }) => {
    const { items, nextPage } = await devices.listOverriddenDevices(platform, principal, params.prn, query);
    return { devices: items, next_page: nextPage };
  });
  serve(app, contract.addOverriddenDevice, async ({ principal, params, body }) => ({
    device: await devices.addOverriddenDevice(platform, principal, params.prn, body.device_prn),
  }));
  serve(app, contract.removeOverriddenDevice, async ({ principal, params }) => {
    await devices.removeOverriddenDevice(platform, principal, params.prn, params.device_prn);
    return {};
  });
}
