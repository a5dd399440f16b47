import { resourceId } from "@open-peridio/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import { createDeviceCertificate, findDeviceByFingerprint } from "./certificates.ts";
import { openChains } from "./chains.fixture.ts";
import { createCohort } from "./cohorts.ts";
import { createDevice, deleteDevice, updateDevice } from "./devices.ts";
import { type Fleet, openFleet } from "./fleet.fixture.ts";
import { createProduct } from "./products.ts";
import { readCertificate } from "./x509.ts";

const at = "2026-01-31T00:00:00.000000Z";

describe.each(databaseKinds)("a device, on %s,", (kind) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet(kind);
  });
  afterAll(() => fleet.remove());

  /** A device that has everything that can refer to one: a certificate, an override, a claim of a release. */
  async function makeEntangled() {
    const { platform, db } = fleet;
    using chains = openChains();
    const owner = await fleet.addOrganization();
    const { prn: product_prn } = await createProduct(platform, owner, { name: "camera" });
    const cohort = await createCohort(platform, owner, { name: "beta", product_prn });
    const body = { identifier: "sn", product_prn, cohort_prn: cohort.prn };
    const device = await createDevice(platform, owner, body);
    const certificate = chains.issue("sn");
    await createDeviceCertificate(platform, owner, { device_prn: device.prn, certificate });
    const idOf = (prn: string, type: "device" | "cohort") => resourceId(prn, owner.organizationId, type)!;
    const row = (id: string) => ({ organization_id: owner.organizationId, id, inserted_at: at, updated_at: at });
    const device_id = idOf(device.prn, "device");
    await db
      .insertInto("bundles")
      .values({ ...row("b"), name: "the bundle", hash: "00" })
      .execute();
    const override = { ...row("o"), name: "o", description: null, bundle_id: "b", starts_at: at, ends_at: null };
    await db.insertInto("bundle_overrides").values(override).execute();
    const membership = { ...row("m"), bundle_override_id: "o", device_id };
    await db.insertInto("bundle_override_devices").values(membership).execute();
    const release = { name: "r", required: 0, disabled: 0, schedule_date: at, phase_mode: "numeric" } as const;
    const counts = { failure_minimum: 1, claims: 1, done: 0, failed: 0 };
    await db
      .insertInto("releases")
      .values({ ...row("r"), ...release, ...counts, bundle_id: "b", cohort_id: idOf(cohort.prn, "cohort") })
      .execute();
    const claim = { ...row("c"), release_id: "r", device_id, state: "claimed" as const, detail: null };
    await db.insertInto("release_claims").values(claim).execute();
    return { owner, device, device_id, certificate };
  }

  it("takes its certificates, memberships of overrides and claims with it", async () => {
    const { platform, db } = fleet;
    const { owner, device, device_id, certificate } = await makeEntangled();
    const { fingerprint } = readCertificate("certificate", certificate);
    expect(await findDeviceByFingerprint(db, fingerprint)).toMatchObject({ id: device_id });
    await deleteDevice(platform, owner, device.prn);
    expect(await findDeviceByFingerprint(db, fingerprint)).toBeUndefined();
    for (const table of ["device_certificates", "bundle_override_devices", "release_claims"] as const) {
      const rows = db.selectFrom(table).selectAll().where("device_id", "=", device_id);
      expect(await rows.execute(), table).toEqual([]);
    }
  });

  it("tells in its events what it runs, with names as far as they are known here", async () => {
    const { platform, db } = fleet;
    const { owner, device, device_id } = await makeEntangled();
    const { organizationId } = owner;
    const told = async (bundleId: string) => {
      const reported = {
        reported_release_prn: `prn:1:${organizationId}:release:r`,
        reported_release_version: "1.0.0",
        reported_bundle_prn: `prn:1:${organizationId}:bundle:${bundleId}`,
      };
      await db.updateTable("devices").set(reported).where("id", "=", device_id).execute();
      await updateDevice(platform, owner, device.prn, { description: bundleId });
      const events = db.selectFrom("events").select("data").where("organization_id", "=", organizationId);
      const { data } = await events.orderBy("id", "desc").executeTakeFirstOrThrow();
      return JSON.parse(data).device;
    };
    const unknown = "0190b1c2-7d3e-7f00-8000-000000000009";
    expect(await told(unknown)).toMatchObject({
      release: { prn: `prn:1:${organizationId}:release:r`, version: "1.0.0" },
      bundle: { prn: `prn:1:${organizationId}:bundle:${unknown}`, name: null },
    });
    const row = { organization_id: organizationId, id: unknown, inserted_at: at, updated_at: at };
    await db
      .insertInto("bundles")
      .values({ ...row, name: "the bundle", hash: "00" })
      .execute();
    expect(await told(unknown)).toMatchObject({ bundle: { name: "the bundle" } });
  });
});
