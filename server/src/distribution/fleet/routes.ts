import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../../http/serve.ts";
import type { Platform } from "../../platform.ts";
import * as authorities from "./ca-certificates.ts";
import * as certificates from "./certificates.ts";
import * as cohorts from "./cohorts.ts";
import * as devices from "./devices.ts";
import * as products from "./products.ts";
import { createVerificationCode } from "./verification-codes.ts";

export function fleetRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createProduct, async ({ principal, body }) => ({
    product: await products.createProduct(platform, principal, body),
  }));
  serve(app, contract.listProducts, async ({ principal, query }) => {
    const { items, nextPage } = await products.listProducts(platform, principal, query);
    return { products: items, next_page: nextPage };
  });
  serve(app, contract.getProduct, async ({ principal, params }) => ({
    product: await products.getProduct(platform, principal, params.prn),
  }));
  serve(app, contract.updateProduct, async ({ principal, params, body }) => ({
    product: await products.updateProduct(platform, principal, params.prn, body),
  }));

  serve(app, contract.createCohort, async ({ principal, body }) => ({
    cohort: await cohorts.createCohort(platform, principal, body),
  }));
  serve(app, contract.listCohorts, async ({ principal, query }) => {
    const { items, nextPage } = await cohorts.listCohorts(platform, principal, query);
    return { cohorts: items, next_page: nextPage };
  });
  serve(app, contract.getCohort, async ({ principal, params }) => ({
    cohort: await cohorts.getCohort(platform, principal, params.prn),
  }));
  serve(app, contract.updateCohort, async ({ principal, params, body }) => ({
    cohort: await cohorts.updateCohort(platform, principal, params.prn, body),
  }));

  serve(app, contract.createDevice, async ({ principal, body }) => ({
    device: await devices.createDevice(platform, principal, body),
  }));
  serve(app, contract.listDevices, async ({ principal, query }) => {
    const { items, nextPage } = await devices.listDevices(platform, principal, query);
    return { devices: items, next_page: nextPage };
  });
  serve(app, contract.getDevice, async ({ principal, params }) => ({
    device: await devices.getDevice(platform, principal, params.prn),
  }));
  serve(app, contract.updateDevice, async ({ principal, params, body }) => ({
    device: await devices.updateDevice(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteDevice, async ({ principal, params }) => {
    await devices.deleteDevice(platform, principal, params.prn);
  });

  serve(app, contract.createDeviceCertificate, async ({ principal, body }) => ({
    device_certificate: await certificates.createDeviceCertificate(platform, principal, body),
  }));
  serve(app, contract.listDeviceCertificates, async ({ principal, query }) => {
    const { items, nextPage } = await certificates.listDeviceCertificates(platform, principal, query);
    return { device_certificates: items, next_page: nextPage ?? "" };
  });
  serve(app, contract.getDeviceCertificate, async ({ principal, params }) => ({
    device_certificate: await certificates.getDeviceCertificate(platform, principal, params.prn),
  }));
  serve(app, contract.deleteDeviceCertificate, async ({ principal, params }) => {
    await certificates.deleteDeviceCertificate(platform, principal, params.prn);
  });

  serve(app, contract.createVerificationCode, async ({ principal }) => ({
    verification_code: await createVerificationCode(platform, principal),
  }));
  serve(app, contract.createCaCertificate, async ({ principal, body }) => ({
    ca_certificate: await authorities.createCaCertificate(platform, principal, body),
  }));
  serve(app, contract.listCaCertificates, async ({ principal, query }) => {
    const { items, nextPage } = await authorities.listCaCertificates(platform, principal, query);
    return { ca_certificates: items, next_page: nextPage };
  });
  serve(app, contract.getCaCertificate, async ({ principal, params }) => ({
    ca_certificate: await authorities.getCaCertificate(platform, principal, params.prn),
  }));
  for (const operation of [contract.updateCaCertificate, contract.replaceCaCertificate]) {
    serve(app, operation, async ({ principal, params, body }) => ({
      ca_certificate: await authorities.updateCaCertificate(platform, principal, params.prn, body),
    }));
  }
  serve(app, contract.deleteCaCertificate, async ({ principal, params }) => {
    await authorities.deleteCaCertificate(platform, principal, params.prn);
  });
}
