import * as contract from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { serve } from "../../http/serve.ts";
import type { Platform } from "../../platform.ts";
import * as signatures from "./bundle-signatures.ts";
import * as bundles from "./bundles.ts";
import * as devices from "./overridden-devices.ts";
import * as overrides from "./overrides.ts";
import { getBinaryUsage } from "./usage.ts";

/** Version 1 unless the header asks for 2: the Elixir SDK sends no header and reads version 1. */
function shapeFor(request: FastifyRequest): bundles.BundleShape {
  return request.headers["x-api-version"] === "2" ? 2 : 1;
}

export function bundleRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createBundle, async ({ principal, body, request }) => ({
    bundle: await bundles.createBundle(platform, principal, shapeFor(request), body),
  }));
  serve(app, contract.listBundles, async ({ principal, query, request }) => {
    const { items, nextPage } = await bundles.listBundles(platform, principal, shapeFor(request), query);
    return { bundles: items, next_page: nextPage };
  });
  serve(app, contract.getBundle, async ({ principal, params, request }) => ({
    bundle: await bundles.getBundle(platform, principal, shapeFor(request), params.prn),
  }));
  serve(app, contract.updateBundle, async ({ principal, params, body, request }) => ({
    bundle: await bundles.updateBundle(platform, principal, shapeFor(request), params.prn, body),
  }));
  serve(app, contract.deleteBundle, async ({ principal, params }) => {
    await bundles.deleteBundle(platform, principal, params.prn);
  });
  serve(app, contract.listSignaturesOfBundle, async ({ principal, params }) => ({
    signatures: await signatures.listSignaturesOf(platform, principal, params.prn),
  }));
  serve(app, contract.getBinaryUsage, async ({ principal, params }) => ({
    usage: await getBinaryUsage(platform, principal, params.prn),
  }));
  bundleSignatureRoutes(app, platform);
  bundleOverrideRoutes(app, platform);
}

function bundleSignatureRoutes(app: FastifyInstance, platform: Platform): void {
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
}

function bundleOverrideRoutes(app: FastifyInstance, platform: Platform): void {
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
    const { items, nextPage } = await devices.listDevicesOf(platform, principal, params.prn, query);
    return { devices: items, next_page: nextPage };
  });
  serve(app, contract.addOverriddenDevice, async ({ principal, params, body }) => ({
    device: await devices.addDevice(platform, principal, params.prn, body.device_prn),
  }));
  serve(app, contract.removeOverriddenDevice, async ({ principal, params }) => {
    await devices.removeDevice(platform, principal, params.prn, params.device_prn);
    return {};
  });
}
