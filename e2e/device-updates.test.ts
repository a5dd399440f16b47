import { createHash, randomUUID } from "node:crypto";
import https from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "./api.ts";
import { backends } from "./support/backend.ts";
import {
  type Call,
  callAsDevice,
  type DeviceServer,
  made,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type IdentityShop, openShop } from "./support/identities.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import { makeSigner, signableBinary, signBinary, signedBinary, type TestSigner } from "./support/signed.ts";
import { until } from "./support/until.ts";

const everything = "expand[]=manifest&expand[]=release&expand[]=bundle&expand[]=source_type&expand[]=bundle_override";

describe.each(backends.filter((backend) => backend.endsWith("+files")))("what a device is told, on %s:", (backend) => {
  let running: DeviceServer;
  let shop: IdentityShop;
  let api: Api;
  let signer: TestSigner;

  beforeAll(async () => {
    running = await startDeviceServer({}, backend);
    shop = openShop();
    ({ api } = running);
    signer = await makeSigner(api);
  });
  afterAll(async () => {
    await running.stop();
    shop.remove();
  });

  interface Fleet {
    product: string;
    cohort: string;
  }

  async function device(fleet: Fleet, more: Record<string, unknown> = {}) {
    const identity = shop.make({ name: `SN-${randomUUID()}` });
    const { prn } = await makeDevice(api, fleet, identity, more);
    const call: Call = callAsDevice(running.url, identity);
    const update = async (headers: Record<string, string> = {}, query = everything) =>
      call("GET", `/update?${query}`, headers);
    return { prn, identity, call, update, shown: async () => (await api("GET", `/devices/${prn}`)).body.device };
  }

  const bundleOf = async (...fields: Parameters<typeof signedBinary>[3][]) => {
    const binaries = [];
    for (const one of fields.length > 0 ? fields : [{}]) {
      binaries.push(await signedBinary(running.server, api, signer, one));
    }
    return { prn: await makeBundle(api, binaries), binaries };
  };

  /** Two releases, 1.0.0 and then 2.0.0. */
  async function channel(more: Record<string, unknown> = {}) {
    const fleet = await makeCohort(api);
    const [first, second] = [await bundleOf(), await bundleOf()];
    const one = await makeRelease(api, fleet.cohort, first.prn, { version: "1.0.0", version_requirement: ">= 0.0.0" });
    const two = await makeRelease(api, fleet.cohort, second.prn, {
      version: "2.0.0",
      version_requirement: ">= 1.0.0",
      ...more,
    });
    return { fleet, first, second, one, two };
  }

  const runs = (release: { prn: string; bundle_prn: string; version: string }) => ({
    "peridio-release-prn": release.prn,
    "peridio-bundle-prn": release.bundle_prn,
    "peridio-release-version": release.version,
  });

  const events = async (prn: string, subtype: string) => {
    const query = new URLSearchParams({ resource_prn: prn, subtype, limit: "100" });
    return (await api("GET", `/events?${query}`)).body.events.map(
      (event: { data: { data: object } }) => event.data.data,
    );
  };

  it("the release that it may have, with links that work", async () => {
    const { fleet, second, one, two } = await channel();
    const { update } = await device(fleet);
    const { status, body } = await update(runs(one));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "update",
      source_type: "release",
      release: { prn: two.prn, name: two.name, version: "2.0.0", cohort_prn: fleet.cohort },
      bundle: { prn: second.prn, binaries: [{ prn: second.binaries[0] }] },
    });
    expect(body).not.toHaveProperty("bundle_override");
    const [item] = body.manifest;
    const binary = (await api("GET", `/binaries/${item.binary_prn}`)).body.binary;
    expect(item).toEqual({
      binary_prn: second.binaries[0],
      hash: binary.hash,
      size: binary.size,
      target: "portable",
      url: expect.stringMatching(/^https?:\/\//),
      custom_metadata: null,
      artifact: { prn: expect.stringContaining(":artifact:"), name: expect.any(String) },
      artifact_version: { prn: binary.artifact_version_prn, version: "1.0.0" },
      signatures: [
        {
          signature: expect.stringMatching(/^[0-9A-F]{128}$/),
          public_value: signer.value,
          keyid: signer.keyid,
          signing_key_prn: signer.prn,
        },
      ],
    });
    const content = Buffer.from(await (await fetch(item.url)).arrayBuffer());
    expect(createHash("sha256").update(content).digest("hex")).toBe(item.hash);
    // By the device's own host, as it was called; for a day.
    expect(new URL(item.url).origin).toBe(running.url);
    const expires = Number(item.url.split(".").at(-2));
    expect(expires - Date.now() / 1000).toBeGreaterThan(86_000);
  });

  it("only its status, unless it asks for more", async () => {
    const { fleet, one, two } = await channel();
    const { call } = await device(fleet);
    const ask = async (query: string, headers = runs(one)) => (await call("GET", `/update${query}`, headers)).body;
    expect(await ask("")).toEqual({ status: "update" });
    expect(await ask("", runs(two))).toEqual({ status: "no_update" });
    expect(await ask("?expand[]=source_type", runs(two))).toEqual({ status: "no_update", source_type: null });
    const some =
      "?expand%5B%5D=release.version&expand[]=manifest.artifact.name&expand[]=bundle.prn&expand[]=nonsense.x";
    expect(await ask(some)).toEqual({
      status: "update",
      release: { version: "2.0.0" },
      bundle: { prn: two.bundle_prn },
      manifest: [{ artifact: { name: expect.any(String) } }],
    });
    expect(await ask("?expand=source_type&expand=cohort.name")).toEqual({
      status: "update",
      source_type: "release",
      cohort: { name: "cohort" },
    });
    const nested = await ask("?expand[]=manifest.hash&expand[]=manifest");
    expect(Object.keys(nested.manifest[0])).toContain("signatures");
    const whole = await ask("?expand[]=cohort");
    expect(whole.cohort).toMatchObject({ prn: fleet.cohort, product_prn: fleet.product, device_count: 1 });
    expect((await call("GET", `/update?expand[]=${"x".repeat(129)}`)).status).toBe(400);
  });

  it("what is for its target, and for all", async () => {
    const fleet = await makeCohort(api);
    const bundle = await bundleOf(
      { target: "arm" },
      { target: "x86" },
      { target: "portable" },
      { target: "universal" },
    );
    const factory = await bundleOf();
    const one = await makeRelease(api, fleet.cohort, factory.prn, { version: "1.0.0" });
    await makeRelease(api, fleet.cohort, bundle.prn, { version: "2.0.0" });
    const targets = async (target: string | null) => {
      const { update } = await device(fleet, { target });
      const { manifest } = (await update(runs(one), "expand[]=manifest.target")).body;
      return manifest.map((item: { target: string }) => item.target);
    };
    expect(await targets("arm")).toEqual(["arm", "portable", "universal"]);
    expect(await targets(null)).toEqual(["arm", "x86", "portable", "universal"]);
  });

  it("an override in the place of its release, as long as it lasts", async () => {
    const { fleet, first, one } = await channel();
    const { prn, update } = await device(fleet);
    const other = await bundleOf();
    const starts_at = "2026-01-01T00:00:00Z";
    const override = await made(api, "/bundle_overrides", { name: "trial", bundle_prn: other.prn, starts_at });
    await made(api, `/bundle_overrides/${override.prn}/devices`, { device_prn: prn });
    const { body } = await update(runs(one));
    expect(body).toMatchObject({ status: "update", source_type: "bundle_override", bundle: { prn: other.prn } });
    expect(body.bundle_override).toEqual({
      prn: override.prn,
      starts_at: override.starts_at,
      ends_at: null,
      inserted_at: override.inserted_at,
      updated_at: override.updated_at,
    });
    expect(body).not.toHaveProperty("release");
    expect((await update({ "peridio-bundle-prn": other.prn })).body.status).toBe("no_update");
    // A downgrade needs somebody who wants it: an override does.
    await api("PATCH", `/bundle_overrides/${override.prn}`, { bundle_prn: first.prn });
    expect((await update({ "peridio-bundle-prn": other.prn })).body.bundle.prn).toBe(first.prn);
  });

  it("nothing in quarantine, by the word that each kind of agent knows", async () => {
    const { fleet, one } = await channel();
    const { prn, update } = await device(fleet);
    await api("PATCH", `/devices/${prn}`, { quarantined: true });
    const agent = { "user-agent": "peridiod/3.4.1 (linux)" };
    expect((await update(runs(one))).body).toEqual({ status: "device_quarantine", source_type: null });
    expect((await update({ ...runs(one), ...agent })).body.status).toBe("device_quarantined");
    await api("PATCH", `/devices/${prn}`, { quarantined: false });
    expect((await update(runs(one))).body.status).toBe("update");
  });

  describe("what it says that it runs", () => {
    it("is kept as one statement, with an event for each change", async () => {
      const { fleet, one, two } = await channel();
      const { prn, update, shown } = await device(fleet);
      await update({ "peridio-release-version": "1.0.0" });
      expect(await shown()).toMatchObject({ reported_release_version: "1.0.0", reported_release_prn: null });
      await update(runs(one));
      await update(runs(one));
      await update({});
      expect(await shown()).toMatchObject({
        reported_release_prn: one.prn,
        reported_bundle_prn: one.bundle_prn,
        reported_release_version: "1.0.0",
        last_connected_at: expect.any(String),
      });
      await update(runs(two));
      const elsewhere = two.prn.replace(/[0-9a-f-]{36}$/, randomUUID());
      await update({ "peridio-release-prn": elsewhere });
      expect(await shown()).toMatchObject({
        reported_release_prn: elsewhere,
        reported_release_version: null,
        reported_bundle_prn: null,
      });
      const told = (await events(prn, "release_changed")).reverse();
      expect(told.map((data: Record<string, unknown>) => [data.from_release, data.to_release])).toEqual([
        [null, null],
        [null, { prn: one.prn, version: "1.0.0", known: true }],
        [
          { prn: one.prn, version: "1.0.0" },
          { prn: two.prn, version: "2.0.0", known: true },
        ],
        [
          { prn: two.prn, version: "2.0.0" },
          { prn: elsewhere, version: null, known: false },
        ],
      ]);
      expect(told[2]).toMatchObject({
        device: { prn, cohort: { cohort_prn: fleet.cohort, cohort_name: "cohort" } },
        from_bundle: { prn: one.bundle_prn },
        to_bundle: { prn: two.bundle_prn, known: true },
      });
    });

    it("may be anything, and never fails a request", async () => {
      const { fleet } = await channel();
      const { update, shown } = await device(fleet);
      for (const value of [
        "x",
        "prn:1:x",
        "prn:1:user:1",
        "v".repeat(5_000),
        "☃".normalize().replace("☃", "\u00e9"),
        fleet.cohort,
      ]) {
        const headers = { "peridio-release-prn": value, "peridio-bundle-prn": value };
        expect((await update(headers)).body, value.slice(0, 20)).toMatchObject({ status: "no_update" });
      }
      expect(await shown()).toMatchObject({ reported_release_prn: null, reported_bundle_prn: null });
    });

    it("makes a claim done on arrival, and can't make one that wasn't", async () => {
      const { fleet, one, two } = await channel();
      const { prn, update } = await device(fleet);
      const claims = async () => {
        const search = new URLSearchParams({ search: `device_prn:'${prn}'` });
        return (await api("GET", `/release_claims?${search}`)).body.release_claims;
      };
      await update(runs(two));
      expect(await claims()).toEqual([]);
      await update(runs(one));
      expect(await claims()).toMatchObject([{ release_prn: two.prn, state: "claimed" }]);
      await update(runs(two));
      expect(await claims()).toMatchObject([{ release_prn: two.prn, state: "done" }]);
      expect(await events(prn, "claimed_release")).toMatchObject([{ release: { prn: two.prn, version: "2.0.0" } }]);
    });

    it("doesn't lead backwards, whatever old version it replays", async () => {
      const { fleet, one, two } = await channel();
      const { update } = await device(fleet);
      expect((await update(runs(two))).body.status).toBe("no_update");
      // It says that it is older: it gets what every older one gets, never one between.
      for (const headers of [
        runs(one),
        { "peridio-release-version": "1.0.0" },
        { "peridio-release-version": "1.5.0" },
      ]) {
        expect((await update(headers)).body.release?.prn).toBe(two.prn);
      }
      expect((await update({ "peridio-release-version": "9.0.0" })).body.status).toBe("no_update");
    });

    it("gets it nothing of other cohorts, nor past its phase", async () => {
      const { fleet, one } = await channel({ phase_value: 0 });
      const { one: foreign } = await channel();
      const { call, update } = await device(fleet);
      expect((await update(runs(foreign))).body.status).toBe("no_update");
      expect((await update(runs(one))).body.status).toBe("no_update");
      // It says that it runs a bundle that it was never served: its manifest stays shut.
      const me = await call("GET", "/device/me?expand[]=manifest", { "peridio-bundle-prn": foreign.bundle_prn });
      expect(me.body.data.manifest).toEqual([]);
    });
  });

  it("who it is, its cohort, and the manifest of what it was served", async () => {
    const { fleet, one, two } = await channel();
    const { prn, identity, call, update } = await device(fleet);
    await update(runs(one));
    const { body } = await call(
      "GET",
      "/device/me?expand[]=cohort.name&expand[]=manifest.hash&expand[]=manifest.url",
      runs(two),
    );
    expect(body).toEqual({
      data: {
        prn,
        identifier: identity.name,
        quarantined: false,
        cohort: { name: "cohort" },
        manifest: [{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), url: expect.stringMatching(/^https:/) }],
      },
    });
    expect((await call("GET", "/device/me")).body).toEqual({
      data: { prn, identifier: identity.name, quarantined: false },
    });
    expect((await call("GET", "/device/update")).body).toEqual({
      data: { update_available: false, firmware_url: null, firmware_meta: null, deployment_id: null },
    });
    expect((await call("GET", "/tunnels")).body).toEqual({ tunnels: [], next_page: null });
  });

  it("whether its report was taken down", async () => {
    const { fleet, one, two } = await channel();
    const { prn, call, update } = await device(fleet);
    const report = async (body: Record<string, unknown>) => call("POST", "/update/report", {}, body);
    const about = { bundle_prn: two.bundle_prn, release_prn: two.prn };
    expect((await report({ ...about, state: "downloading" })).body).toEqual({ recorded: false });
    await update(runs(one));
    expect(await report({ ...about, state: "failed", detail: "no space" })).toMatchObject({
      status: 200,
      body: { recorded: true },
    });
    const search = new URLSearchParams({ search: `device_prn:'${prn}'` });
    const { release_claims } = (await api("GET", `/release_claims?${search}`)).body;
    expect(release_claims).toMatchObject([{ state: "failed", detail: "no space" }]);
    expect((await report({ bundle_prn: two.bundle_prn, state: "installed" })).body).toEqual({ recorded: false });
    expect((await report({ ...about, state: "lost" })).body.errors.state[0]).toContain("must be one of downloading");
    expect((await report({ ...about, bundle_prn: two.prn, state: "failed" })).body.errors).toEqual({
      bundle_prn: [`must be the PRN of the bundle that was served; got '${two.prn}'`],
    });
    expect((await report({ ...about, release_prn: "x", state: "failed" })).body.errors).toEqual({
      release_prn: ["must be the PRN of the release that was served, or null; got 'x'"],
    });
  });

  describe("nothing of what is not to be trusted any more, with one event for each cause:", () => {
    const withheld = (bundle: string) => events(bundle, "withheld");

    it("a destroyed binary", async () => {
      const { fleet, one, two, second } = await channel();
      const devices = [await device(fleet), await device(fleet)];
      await devices[0]!.update(runs(one));
      await api("POST", `/binaries/${second.binaries[0]}/destroy`);
      for (const { update } of [...devices, ...devices]) {
        expect((await update(runs(one))).body).toMatchObject({ status: "no_update" });
      }
      expect(await withheld(second.prn)).toEqual([
        {
          bundle: { prn: second.prn, name: null },
          reason: "binary_destroyed",
          binary_prn: second.binaries[0],
          revoked_signing_key_prns: [],
          release_prn: two.prn,
          bundle_override_prn: null,
        },
      ]);
      await running.server.kill();
      await running.server.start();
      expect((await devices[0]!.update(runs(one))).body.status).toBe("no_update");
      expect(await withheld(second.prn)).toHaveLength(1);
    });

    it("a binary whose every key is revoked; signed anew it is served again", async () => {
      const fleet = await makeCohort(api);
      const first = await bundleOf();
      const one = await makeRelease(api, fleet.cohort, first.prn, { version: "1.0.0" });
      const [doomed, another] = [await makeSigner(api), await makeSigner(api)];
      const binary = await signableBinary(running.server, api);
      await signBinary(api, doomed, binary);
      const bundle = await makeBundle(api, [binary]);
      await makeRelease(api, fleet.cohort, bundle, { version: "2.0.0" });
      const { update } = await device(fleet);
      const statuses = async () => (await update(runs(one))).body.status;
      expect(await statuses()).toBe("update");
      const revoke = (key: TestSigner) => api("PATCH", `/signing_keys/${key.prn}`, { revoked: true });
      await revoke(doomed);
      expect([await statuses(), await statuses()]).toEqual(["no_update", "no_update"]);
      expect(await withheld(bundle)).toMatchObject([
        { reason: "binary_unsigned", binary_prn: binary, revoked_signing_key_prns: [doomed.prn] },
      ]);
      await signBinary(api, another, binary);
      const { body } = await update(runs(one));
      expect(body.manifest[0].signatures).toMatchObject([{ signing_key_prn: another.prn }]);
      await revoke(another);
      expect(await statuses()).toBe("no_update");
      expect(await withheld(bundle)).toHaveLength(2);
    });
  });

  it("304 for what it has already, and new links in time", async () => {
    const { fleet, one, two } = await channel();
    const { update } = await device(fleet);
    const first = await update(runs(one));
    const tag = String(first.headers.etag);
    expect(first.headers["cache-control"]).toBe("private, no-cache");
    const again = await update({ ...runs(one), "if-none-match": tag });
    expect(again).toMatchObject({ status: 304, body: "", headers: { etag: tag } });
    expect(again.headers["content-type"]).toBeUndefined();
    const current = await update(runs(two));
    expect((await update({ ...runs(two), "if-none-match": `"x", ${current.headers.etag}` })).status).toBe(304);
    expect((await update({ ...runs(one), "if-none-match": String(current.headers.etag) })).status).toBe(200);
    // What it has served it serves no more, whatever the device has.
    const { body } = await api("POST", `/binaries/${first.body.manifest[0].binary_prn}/destroy`);
    expect(body.binary.state).toBe("destroyed");
    expect((await update({ ...runs(one), "if-none-match": tag })).body.status).toBe("no_update");
  });

  it("no more than its share, however many ask at once, and the same after a crash", async () => {
    const { fleet, one, two } = await channel({ phase_value: 3 });
    const devices = await Promise.all(Array.from({ length: 8 }, () => device(fleet)));
    const ask = () =>
      Promise.all(devices.map(async ({ update }) => (await update(runs(one))).body.release?.prn ?? null));
    const got = await ask();
    expect(got.filter((prn) => prn === two.prn)).toHaveLength(3);
    await running.server.kill();
    await running.server.start();
    expect(await ask()).toEqual(got);
  });

  describe("its organization, by webhook:", () => {
    let receiver: Receiver;

    beforeAll(async () => {
      receiver = await startReceiver();
    });
    afterAll(() => receiver.stop());

    it("that it connected and what it was offered, while somebody listens", async () => {
      const { fleet, second, one, two } = await channel();
      const { prn, identity, update } = await device(fleet);
      await update(runs(one));
      const enabled_events = ["device.connected", "device.checked_for_release"];
      const webhook = await made(api, "/webhooks", { url: receiver.url, enabled_events });
      const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
      const call = callAsDevice(running.url, identity, { agent });
      // What nobody wanted a moment ago is looked for again after ten seconds.
      await until(
        "it is told",
        async () => {
          await call("GET", "/update", { ...runs(one), "user-agent": "test/1", "x-secret": "hush" });
          return (await events(prn, "checked_for_release")).length > 0;
        },
        90,
      );
      const [checked] = await events(prn, "checked_for_release");
      expect(checked).toEqual({
        device: { prn, identifier: identity.name, cohort: { cohort_prn: fleet.cohort, cohort_name: "cohort" } },
        release: { prn: two.prn, version: "2.0.0" },
        bundle: { prn: second.prn, name: null },
      });
      await until("a connection is told of", async () => {
        await update(runs(one));
        return (await events(prn, "connected")).length > 0;
      });
      const [connected] = await events(prn, "connected");
      expect(connected).toMatchObject({
        device: { prn },
        ip_address: "127.0.0.1",
        certificate: { common_name: identity.name, fingerprint: expect.stringMatching(/^[0-9A-F]{64}$/) },
        ca_certificate: null,
        route: "/update",
        headers: { "peridio-release-prn": one.prn },
      });
      expect(JSON.stringify(await events(prn, "connected"))).not.toContain("hush");
      agent.destroy();
      await api("DELETE", `/webhooks/${webhook.prn}`);
    });

    it("nothing is written for polls that nobody listens to", async () => {
      const { fleet, two } = await channel();
      const { prn, update } = await device(fleet);
      await update(runs(two));
      const before = (await api("GET", "/audit_logs?limit=1")).body.audit_logs[0].sequence;
      for (let times = 0; times < 10; times++) await update(runs(two));
      expect((await api("GET", "/audit_logs?limit=1")).body.audit_logs[0].sequence).toBe(before);
      expect(await events(prn, "connected")).toEqual([]);
      expect(await events(prn, "checked_for_release")).toEqual([]);
    });
  });

  it("links that the trail knows to be its own", async () => {
    const { fleet, one } = await channel();
    const { prn, update } = await device(fleet);
    const [item] = (await update(runs(one))).body.manifest;
    await (await fetch(item.url)).arrayBuffer();
    const search = new URLSearchParams({ search: `resource_prn:'${item.binary_prn}' and subtype:'downloaded'` });
    const { audit_logs } = (await api("GET", `/audit_logs?${search}`)).body;
    expect(audit_logs).toMatchObject([{ actor_prn: prn }]);
  });
});
