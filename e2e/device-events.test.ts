import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Call,
  callAsDevice,
  type DeviceServer,
  fingerprintOf,
  made,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type Identity, type IdentityShop, openShop, registerAuthority } from "./support/identities.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";
import { until } from "./support/until.ts";

/** Source of the list and of the shapes: the official webhooks reference, and what of ours tells of a rollout. */
const enabled_events = [
  "device.connected",
  "device.checked_for_release",
  "device.claimed_release",
  "device.release_changed",
  "device.updated",
  "device.authentication_failed",
  "release.halted",
];

describe("a webhook hears of all that a device goes through:", () => {
  let running: DeviceServer;
  let shop: IdentityShop;
  let receiver: Receiver;
  let identity: Identity;
  let device: string;
  let cohort: string;
  let call: Call;

  beforeAll(async () => {
    running = await startDeviceServer();
    shop = openShop();
    receiver = await startReceiver();
    const { api } = running;
    await made(api, "/webhooks", { url: receiver.url, enabled_events });
    const place = await makeCohort(api);
    ({ cohort } = place);
    identity = shop.make({ name: `SN-${randomUUID()}` });
    device = (await makeDevice(api, place, identity)).prn;
    call = callAsDevice(running.url, identity);
  });
  afterAll(async () => {
    await running.stop();
    await receiver.stop();
    shop.remove();
  });

  const release = async (version: string, more: object = {}) => {
    const { server, api } = running;
    const bundle = await makeBundle(api, [await signedBinary(server, api, await makeSigner(api))]);
    return makeRelease(api, cohort, bundle, { version, version_requirement: ">= 0.0.1", ...more });
  };

  /** What was told by this name, as soon as something was. */
  async function heard(name: string) {
    const found = () => receiver.events().filter(({ body }) => `${body.type}.${body.data.type}` === name);
    await until(name, () => found().length > 0);
    const [{ body }] = found() as [Receiver["received"][number]];
    const stored = (await running.api("GET", `/events?limit=100&subtype=${name.split(".")[1]}`)).body.events;
    expect(stored.map(({ prn }: { prn: string }) => prn)).toContain(body.prn);
    return body.data.data;
  }

  const facts = () => ({
    prn: device,
    identifier: identity.name,
    cohort: { cohort_prn: cohort, cohort_name: "cohort" },
  });

  it("a connection, a check, a claim, what it runs, a failure that halts the release, a change, a refusal", async () => {
    const runs = { "peridio-release-version": "0.0.1" };
    const first = await release("1.0.0", { failure_share: 0.5 });
    expect((await call("GET", "/update", runs)).body.status).toBe("update");
    const told = { prn: first.prn, version: "1.0.0" };
    expect(await heard("device.connected")).toEqual({
      device: facts(),
      ip_address: "127.0.0.1",
      certificate: {
        authority_key_identifier: null,
        common_name: identity.name,
        fingerprint: fingerprintOf(identity),
      },
      ca_certificate: null,
      route: "/update",
      headers: expect.objectContaining(runs),
    });
    expect(await heard("device.checked_for_release")).toEqual({
      device: facts(),
      release: told,
      bundle: { prn: first.bundle_prn, name: null },
    });
    expect(await heard("device.claimed_release")).toEqual({ device: facts(), release: told });
    expect(await heard("device.release_changed")).toMatchObject({ device: facts(), from_release: null });

    const report = { bundle_prn: first.bundle_prn, release_prn: first.prn, state: "failed", detail: "no light" };
    expect((await call("POST", "/update/report", {}, report)).status).toBe(200);
    expect(await heard("release.halted")).toMatchObject({
      release: { prn: first.prn, version: "1.0.0" },
      cohort_prn: cohort,
      bundle_prn: first.bundle_prn,
      done: 0,
      failed: 1,
    });
    const { rollout } = (await running.api("GET", `/releases/${first.prn}/rollout`)).body;
    expect(rollout).toMatchObject({ state: "halted", failed: 1 });

    await running.api("PATCH", `/devices/${device}`, { description: "in the cellar" });
    expect(await heard("device.updated")).toMatchObject({
      device: { ...facts(), description: "in the cellar", quarantined: false, tags: null, firmware: null },
    });

    const authority = shop.makeAuthority("quiet");
    await registerAuthority(running.api, shop, authority);
    const stranger = shop.makeDevice(`SN-${randomUUID()}`, authority);
    expect((await callAsDevice(running.url, stranger)("GET", "/update")).status).toBe(401);
    expect(await heard("device.authentication_failed")).toMatchObject({
      reason: "jitp_disabled",
      ip_address: "127.0.0.1",
      certificate: { common_name: stranger.name, fingerprint: fingerprintOf(stranger) },
      ca_certificate: { common_name: "quiet" },
      device: null,
    });
  });
});
