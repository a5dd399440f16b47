import type { JitpInput } from "@open-peridio/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databaseKinds } from "../../database/databases.fixture.ts";
import { timestamp } from "../../database/time.ts";
import type { Principal } from "../../http/principal.ts";
import type { Platform } from "../../platform.ts";
import { findAuthority } from "./authorities.ts";
import { updateCaCertificate } from "./ca-certificates.ts";
import {
  createDeviceCertificate,
  deleteDeviceCertificate,
  findDeviceByFingerprint,
  listDeviceCertificates,
} from "./certificates.ts";
import { type Chains, openChains } from "./chains.fixture.ts";
import { createCohort, getCohort } from "./cohorts.ts";
import { createDevice, listDevices } from "./devices.ts";
import { type Fleet, openFleet, origin, register, x509 } from "./fleet.fixture.ts";
import { createProduct, updateProduct } from "./products.ts";
import { provision } from "./provision.ts";
import { describeCertificate } from "./x509.ts";

let chains: Chains;
beforeAll(() => {
  chains = openChains();
});
afterAll(() => chains[Symbol.dispose]());

let count = 0;
const fresh = (word: string) => `${word}-${++count}`;

describe.each(databaseKinds)("the first contact of a device, on %s,", (kind) => {
  let fleet: Fleet;
  let platform: Platform;
  let owner: Principal;
  let product: string;
  let cohort: string;
  let jitp: JitpInput;
  beforeAll(async () => {
    fleet = await openFleet(kind, 4);
    platform = fleet.platform;
  });
  afterAll(() => fleet.remove());
  beforeEach(async () => {
    owner = await fleet.addOrganization();
    product = (await createProduct(platform, owner, { name: "camera" })).prn;
    cohort = (await createCohort(platform, owner, { name: "beta", product_prn: product })).prn;
    jitp = { product_prn: product, cohort_prn: cohort, tags: ["new"], target: "arm", description: "from the line" };
  });

  /** As the device API does with what a device presents, its own certificate first. */
  async function connect(pems: string[], on: Platform = platform) {
    const chain = pems.map(x509);
    const authority = await findAuthority(on.db, chain, timestamp(on.clock.now()));
    return authority ? provision(on, authority, describeCertificate(chain[0]!), origin) : { refused: "unknown" };
  }

  async function line(settings?: JitpInput | null, wanted: Parameters<Chains["authority"]>[1] = {}) {
    const name = fresh("line");
    chains.authority(name, wanted);
    const { prn } = await register(platform, owner, chains, name, settings ?? undefined);
    return { name, prn };
  }

  const devices = async () => (await listDevices(platform, owner, {})).items;
  const later = (days: number): Platform => ({
    ...platform,
    clock: { now: () => new Date(Date.now() + days * 86_400_000) },
  });

  it.each(["ec", "rsa"] as const)("makes it, with what the authority (%s) says of its devices", async (key) => {
    const { name } = await line(jitp, { key });
    const pem = chains.issue(fresh("camera"), { by: name, key });
    const made = await connect([pem]);
    expect(await devices()).toEqual([
      expect.objectContaining({
        identifier: `camera-${count}`,
        product_prn: product,
        cohort_prn: cohort,
        tags: ["new"],
        target: "arm",
        description: "from the line",
        quarantined: false,
        last_connected_at: null,
      }),
    ]);
    const found = await findDeviceByFingerprint(platform.db, describeCertificate(x509(pem)).fingerprint);
    expect(made).toEqual({ device: found });
    expect((await getCohort(platform, owner, cohort)).device_count).toBe(1);
    expect(await connect([pem])).toEqual(made);
    expect(await devices()).toHaveLength(1);
  });

  it("follows the intermediate authorities that it presents, in any order", async () => {
    const { name } = await line(jitp);
    const [one, two] = [fresh("factory"), fresh("station")];
    const presented = [chains.authority(one, { by: name, key: "rsa" }), chains.authority(two, { by: one })];
    const pem = chains.issue(fresh("camera"), { by: two });
    expect(await connect([pem])).toEqual({ refused: "unknown" });
    expect(await connect([pem, presented[1]!])).toEqual({ refused: "unknown" });
    expect(await connect([pem, ...presented])).toHaveProperty("device.identifier", `camera-${count}`);
    const another = chains.issue(fresh("camera"), { by: two });
    expect(await connect([another, presented[1]!, presented[0]!])).toHaveProperty("device");
  });

  it("isn't vouched for by a device, an expired intermediate, one too deep, or one that demands what isn't looked at", async () => {
    const { name: open } = await line(jitp);
    const { name: low } = await line(jitp, { extensions: ["basicConstraints=critical,CA:TRUE,pathlen:0"] });
    const [device, expired, deep, bound] = [fresh("camera"), fresh("expired"), fresh("deep"), fresh("bound")];
    const constraints = ["basicConstraints=critical,CA:TRUE", "nameConstraints=critical,permitted;DNS:example.com"];
    const presented = {
      [device]: chains.issue(device, { by: open }),
      [expired]: chains.authority(expired, { by: open, days: -1 }),
      [deep]: chains.authority(deep, { by: low }),
      [bound]: chains.authority(bound, { by: open, extensions: constraints }),
    };
    for (const [by, above] of Object.entries(presented)) {
      const pem = chains.issue(fresh("liar"), { by });
      expect(await connect([pem, above]), by).toEqual({ refused: "unknown" });
    }
    expect(await devices()).toEqual([]);
  });

  it("is nobody's when an authority of the same name signed it with another key", async () => {
    const { name } = await line(jitp);
    const other = fresh("other");
    chains.authority(other, { commonName: name });
    expect(await connect([chains.issue(fresh("camera"), { by: other })])).toEqual({ refused: "unknown" });
  });

  it("makes one device when it comes to every replica at once", async () => {
    const { name } = await line({ ...jitp, allow_second_certificate: true });
    const identifier = fresh("camera");
    const pem = chains.issue(identifier, { by: name });
    const second = chains.issue(`${identifier}-renewed`, { by: name, commonName: identifier });
    const all = Array.from({ length: 16 }, (_, at) => {
      const on = fleet.platforms[at % fleet.platforms.length]!;
      return connect([at % 2 === 0 ? pem : second], on);
    });
    const made = await Promise.all(all);
    const ids = new Set(made.map((one) => ("device" in one ? one.device.id : one.refused)));
    expect(ids.size).toBe(1);
    expect(await devices()).toHaveLength(1);
    expect((await listDeviceCertificates(platform, owner, {})).items).toHaveLength(2);
    expect((await getCohort(platform, owner, cohort)).device_count).toBe(1);
  });

  it("adds a certificate to a device that is there only where its authority permits it", async () => {
    const { name, prn } = await line(jitp);
    const identifier = fresh("camera");
    await createDevice(platform, owner, { identifier, product_prn: product, description: "by hand" });
    const pem = chains.issue(identifier, { by: name });
    expect(await connect([pem])).toEqual({ refused: "multi_cert_jitr_disabled" });
    await updateCaCertificate(platform, owner, prn, { jitp: { ...jitp, allow_second_certificate: true } });
    expect(await connect([pem])).toHaveProperty("device.description", "by hand");
    expect((await listDeviceCertificates(platform, owner, {})).items).toHaveLength(1);
  });

  it("is turned away once its authority brings no more devices; those that came stay", async () => {
    const { name, prn } = await line(jitp);
    const before = chains.issue(fresh("camera"), { by: name });
    expect(await connect([before])).toHaveProperty("device");
    await updateCaCertificate(platform, owner, prn, { jitp: null });
    const after = chains.issue(fresh("camera"), { by: name });
    expect(await connect([after])).toEqual({ refused: "jitp_disabled" });
    expect(await connect([before])).toHaveProperty("device");
  });

  it("is turned away by an authority that changed its mind between the look at it and the device", async () => {
    const { name, prn } = await line(jitp);
    const certificate = describeCertificate(x509(chains.issue(fresh("camera"), { by: name })));
    const authority = (await findAuthority(platform.db, [certificate.x509], timestamp(new Date())))!;
    await updateCaCertificate(platform, owner, prn, { jitp: null });
    expect(await provision(platform, authority, certificate, origin)).toEqual({ refused: "jitp_disabled" });
  });

  it("is turned away while the product is archived", async () => {
    const { name } = await line(jitp);
    await updateProduct(platform, owner, product, { archived: true });
    expect(await connect([chains.issue(fresh("camera"), { by: name })])).toEqual({ refused: "device_is_archived" });
  });

  it("fails with a certificate that has expired, isn't valid yet, has no useful name, or is for servers", async () => {
    const { name } = await line(jitp, { days: 100 });
    const expired = chains.issue(fresh("camera"), { by: name, days: -1 });
    expect(await connect([expired])).toEqual({ refused: "jitp_failed" });
    const young = chains.issue(fresh("camera"), { by: name });
    const authority = (await findAuthority(platform.db, [x509(young)], timestamp(new Date())))!;
    const early = provision(later(-5), authority, describeCertificate(x509(young)), origin);
    expect(await early).toEqual({ refused: "jitp_failed" });
    const nameless = chains.issue(fresh("nameless"), { by: name, commonName: "" });
    expect(await connect([nameless])).toEqual({ refused: "jitp_failed" });
    const web = chains.issue(fresh("web"), { by: name, extensions: ["extendedKeyUsage=serverAuth"] });
    expect(await connect([web])).toEqual({ refused: "jitp_failed" });
    const both = chains.issue(fresh("both"), { by: name, extensions: ["extendedKeyUsage=serverAuth,clientAuth"] });
    expect(await connect([both])).toHaveProperty("device");
  });

  it("isn't served by an authority that has expired, though its devices go on", async () => {
    const { name } = await line(jitp, { days: 3 });
    const old = chains.issue(fresh("camera"), { by: name });
    expect(await connect([old])).toHaveProperty("device");
    const late = chains.issue(fresh("camera"), { by: name });
    expect(await connect([late], later(5))).toEqual({ refused: "unknown" });
    expect(await findDeviceByFingerprint(platform.db, describeCertificate(x509(old)).fingerprint)).toBeDefined();
  });

  it("tells the trail that the server did it, for whoever asked from there", async () => {
    const { name } = await line(jitp);
    await connect([chains.issue(fresh("camera"), { by: name })]);
    const entries = await platform.db
      .selectFrom("audit_logs")
      .select(["type", "subtype", "actor_name", "address"])
      .where("organization_id", "=", owner.organizationId)
      .where("actor_name", "=", "server")
      .orderBy("sequence")
      .execute();
    const by = { subtype: "created", actor_name: "server", address: "192.0.2.1" };
    expect(entries).toEqual([
      { type: "device", ...by },
      { type: "device_certificate", ...by },
    ]);
  });

  it("can't be made with a certificate of another organization's device", async () => {
    const { name } = await line(jitp);
    const stranger = await fleet.addOrganization();
    const theirs = (await createProduct(platform, stranger, { name: "camera" })).prn;
    const { prn } = await createDevice(platform, stranger, { identifier: "x", product_prn: theirs });
    const certificate = chains.issue(fresh("camera"), { by: name });
    const capture = createDeviceCertificate(platform, stranger, { device_prn: prn, certificate });
    await expect(capture).rejects.toMatchObject({
      fields: { certificate: ["is signed by a certificate authority that isn't yours"] },
    });
    expect(await connect([certificate])).toHaveProperty("device.organization_id", owner.organizationId);
  });

  it("comes again after its certificate was deleted only where a second one is permitted", async () => {
    const { name } = await line(jitp);
    const pem = chains.issue(fresh("camera"), { by: name });
    await connect([pem]);
    const [certificate] = (await listDeviceCertificates(platform, owner, {})).items;
    await deleteDeviceCertificate(platform, owner, certificate!.prn);
    expect(await connect([pem])).toEqual({ refused: "multi_cert_jitr_disabled" });
  });
});
