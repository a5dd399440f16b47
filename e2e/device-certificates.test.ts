import { randomUUID } from "node:crypto";
import https from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi } from "./api.ts";
import {
  callAsDevice,
  type DeviceServer,
  fingerprintOf,
  makeCohort,
  makeDevice,
  startDeviceServer,
} from "./support/device.ts";
import { type Identity, type IdentityShop, openShop, registerAuthority } from "./support/identities.ts";
import { addOrganization } from "./support/organization.ts";
import { until } from "./support/until.ts";

/*
 * Who is let in at the device API: real TLS, real openssl.
 */

let running: DeviceServer;
let shop: IdentityShop;
let place: { product: string; cohort: string };
/** Brings devices. */
let factory: Identity;
let factoryPrn: string;

beforeAll(async () => {
  running = await startDeviceServer();
  shop = openShop();
  place = await makeCohort(running.api);
  factory = shop.makeAuthority("factory");
  factoryPrn = await registerAuthority(running.api, shop, factory, {
    product_prn: place.product,
    cohort_prn: place.cohort,
    tags: ["new"],
  });
});
afterAll(async () => {
  await running.stop();
  shop.remove();
});

const serial = () => `SN-${randomUUID()}`;
const me = (identity: Identity | null, chain: Identity[] = []) =>
  callAsDevice(running.url, identity, { chain })("GET", "/device/me");

const deviceNamed = async (name: string) => {
  const search = new URLSearchParams({ search: `identifier:'${name}'` });
  return (await running.api("GET", `/devices?${search}`)).body.devices[0];
};

const failures = async (fingerprint: string) => {
  const { events } = (await running.api("GET", "/events?limit=100&type=device&subtype=authentication_failed")).body;
  const told = events.map((event: { data: { data: object } }) => event.data.data);
  return told.filter((data: { certificate: { fingerprint: string } }) => data.certificate.fingerprint === fingerprint);
};

describe("a registered certificate", () => {
  it("is the device, over TLS 1.2 and 1.3, whoever signed it", async () => {
    const own = shop.make({ name: serial() });
    const { prn } = await makeDevice(running.api, place, own);
    const answer = await me(own);
    expect(answer).toMatchObject({
      status: 200,
      body: { data: { prn, identifier: own.name, quarantined: false } },
    });
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    const old = callAsDevice(running.url, own, { options: { maxVersion: "TLSv1.2" } });
    expect((await old("GET", "/device/me")).body.data.prn).toBe(prn);
    const older = callAsDevice(running.url, own, { options: { minVersion: "TLSv1", maxVersion: "TLSv1.1" } });
    await expect(older("GET", "/device/me")).rejects.toThrow();
  });

  it("goes on working when it has expired", async () => {
    const own = shop.makeDevice(serial(), shop.makeAuthority("elsewhere"), { until: new Date(Date.now() + 8_000) });
    await makeDevice(running.api, place, own);
    const expires = Date.now() + 8_000;
    while (Date.now() < expires + 1_000) await pause(250);
    expect((await me(own)).status).toBe(200);
  });

  it("counts no more from the moment in which it is deleted, on a connection that is open, too", async () => {
    const own = shop.make({ name: serial() });
    const { certificate } = await makeDevice(running.api, place, own);
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const call = callAsDevice(running.url, own, { agent });
    expect((await call("GET", "/device/me")).status).toBe(200);
    expect((await running.api("DELETE", `/device_certificates/${certificate}`)).status).toBe(204);
    expect((await call("GET", "/device/me")).status).toBe(401);
    agent.destroy();
  });

  it("goes with its device", async () => {
    const own = shop.make({ name: serial() });
    const { prn } = await makeDevice(running.api, place, own);
    expect((await running.api("DELETE", `/devices/${prn}`)).status).toBe(204);
    expect((await me(own)).status).toBe(401);
  });
});

describe("nobody else is that device:", () => {
  let victim: Identity;

  beforeAll(async () => {
    victim = shop.makeDevice(serial(), factory);
    await makeDevice(running.api, place, victim);
  });

  const impostors: [string, () => Identity][] = [
    ["the same name with another key, signed by itself", () => shop.make({ name: victim.name })],
    ["the same name from another authority", () => shop.makeDevice(victim.name, shop.makeAuthority("other"))],
    [
      "the same name from an authority of the same name",
      () => shop.makeDevice(victim.name, shop.makeAuthority("factory")),
    ],
    ["a second certificate of the same authority", () => shop.makeDevice(victim.name, factory)],
  ];

  it.each(impostors)("%s", async (_, make) => {
    const answer = await me(make());
    expect(answer.status).toBe(401);
    expect(answer.body.errors.code).toBe("unauthenticated");
  });

  it("its certificate without its key", async () => {
    const thief = shop.make({ name: "thief" });
    await expect(me({ ...victim, key: thief.key })).rejects.toThrow();
  });

  it("no certificate at all", async () => {
    const answer = await me(null);
    expect(answer.status).toBe(401);
    expect(answer.body.errors.detail).toBe(
      "a certificate of a device is needed; connect with one that is registered here",
    );
  });

  it("its certificate in a header, which nobody trusts here", async () => {
    const der = victim.cert.replaceAll(/-----[^-]+-----|\s/g, "");
    const headers = {
      "client-cert": `:${der}:`,
      "x-ssl-client-cert": encodeURIComponent(victim.cert),
      "x-forwarded-client-cert": `Cert="${encodeURIComponent(victim.cert)}"`,
      "x-forwarded-for": "127.0.0.1",
    };
    const call = callAsDevice(running.url, null);
    expect((await call("GET", "/device/me", headers)).status).toBe(401);
    expect((await fetch(`${running.server.url}/device/me`, { headers })).status).toBe(401);
  });

  it("another organization's authority brings devices to that one alone", async () => {
    const stranger = callApi(running.server.url, (await addOrganization(running.server, "Strangers")).key);
    const theirs = await makeCohort(stranger);
    const authority = shop.makeAuthority("theirs");
    await registerAuthority(stranger, shop, authority, { product_prn: theirs.product });
    const imitation = shop.makeDevice(victim.name, authority);
    const { data } = (await me(imitation)).body;
    const own = (await me(victim)).body.data;
    expect(data.identifier).toBe(own.identifier);
    expect(data.prn.split(":")[2]).not.toBe(own.prn.split(":")[2]);
    expect((await stranger("GET", `/devices/${data.prn}`)).status).toBe(200);
    expect((await running.api("GET", `/devices/${data.prn}`)).status).toBe(404);
  });

  it("an API key or a session, which gets a 403", async () => {
    const answer = await running.api("GET", "/update");
    expect(answer.status).toBe(403);
    expect(answer.body.errors.detail).toContain("this is for devices");
  });
});

describe("an unknown certificate of a registered authority", () => {
  it("makes the device at first contact, as the authority says, however many ask at once", async () => {
    const own = shop.makeDevice(serial(), factory);
    const answers = await Promise.all(Array.from({ length: 6 }, () => me(own)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const device = await deviceNamed(own.name);
    expect(device).toMatchObject({ product_prn: place.product, cohort_prn: place.cohort, tags: ["new"] });
    expect(new Set(answers.map(({ body }) => body.data.prn))).toEqual(new Set([device.prn]));
  });

  it("is followed through the certificates that it sends along, on both versions of TLS", async () => {
    const line = shop.makeAuthority("line", { by: factory });
    const station = shop.makeAuthority("station", { by: line });
    for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
      const own = shop.makeDevice(serial(), station);
      const alone = await me(own);
      expect(alone.status).toBe(401);
      expect(alone.body.errors.detail).toContain("is not registered, nor is an authority that signed it");
      const call = callAsDevice(running.url, own, { chain: [station, line], options: { maxVersion } });
      expect((await call("GET", "/device/me")).body, maxVersion).toMatchObject({ data: { identifier: own.name } });
    }
  });

  const broken: [string, () => [Identity, Identity[]]][] = [
    [
      "one between is no authority",
      () => {
        const device = shop.makeDevice(serial(), factory);
        return [shop.makeDevice(serial(), device), [device]];
      },
    ],
    [
      "one between may have none below it",
      () => {
        const last = shop.makeAuthority("last", { by: factory, constraints: "CA:TRUE,pathlen:0" });
        const beyond = shop.makeAuthority("beyond", { by: last });
        return [shop.makeDevice(serial(), beyond), [beyond, last]];
      },
    ],
    [
      "one between has expired",
      () => {
        const expired = shop.makeAuthority("expired", { by: factory, days: -1 });
        return [shop.makeDevice(serial(), expired), [expired]];
      },
    ],
    [
      "one between must not sign certificates",
      () => {
        const extensions = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,digitalSignature"];
        const mute = shop.make({ name: "mute", by: factory, extensions });
        return [shop.makeDevice(serial(), mute), [mute]];
      },
    ],
    [
      "one between asks for what isn't known here",
      () => {
        const extensions = [
          "basicConstraints=critical,CA:TRUE",
          "subjectKeyIdentifier=hash",
          "nameConstraints=critical,permitted;DNS:example.com",
        ];
        const constrained = shop.make({ name: "constrained", by: factory, extensions });
        return [shop.makeDevice(serial(), constrained), [constrained]];
      },
    ],
    [
      "the chain is too long",
      () => {
        const chain = [factory];
        for (let depth = 1; depth <= 6; depth++) chain.unshift(shop.makeAuthority(`depth ${depth}`, { by: chain[0]! }));
        return [shop.makeDevice(serial(), chain[0]!), chain.slice(0, -1)];
      },
    ],
  ];

  it.each(broken)("is turned away when %s", async (_, make) => {
    const [own, chain] = make();
    const answer = await me(own, chain);
    expect(answer.status).toBe(401);
    expect(await deviceNamed(own.name)).toBeUndefined();
  });

  const refused: [string, string, () => Promise<Identity>][] = [
    [
      "jitp_disabled",
      "its authority brings no devices",
      async () => {
        const authority = shop.makeAuthority("quiet");
        await registerAuthority(running.api, shop, authority);
        return shop.makeDevice(serial(), authority);
      },
    ],
    [
      "multi_cert_jitr_disabled",
      "its device has another certificate already",
      async () => {
        const first = shop.makeDevice(serial(), factory);
        expect((await me(first)).status).toBe(200);
        return shop.makeDevice(first.name, factory);
      },
    ],
    ["jitp_failed", "it has expired", async () => shop.makeDevice(serial(), factory, { days: -1 })],
    [
      "jitp_failed",
      "it is for servers only",
      async () =>
        shop.makeDevice(serial(), factory, {
          extensions: ["authorityKeyIdentifier=keyid", "extendedKeyUsage=serverAuth"],
        }),
    ],
  ];

  it.each(refused)("is turned away and told of once, %s: %s", async (reason, _, make) => {
    const own = await make();
    for (let times = 0; times < 3; times++) {
      const answer = await me(own);
      expect(answer.status).toBe(401);
      expect(answer.body.errors.detail).toContain(`(${reason})`);
    }
    const fingerprint = fingerprintOf(own);
    const told = await failures(fingerprint);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      reason,
      ip_address: "127.0.0.1",
      certificate: {
        common_name: own.name,
        fingerprint,
        authority_key_identifier: expect.stringMatching(/^[0-9A-F]{40}$/),
      },
      ca_certificate: { common_name: expect.any(String), fingerprint: expect.stringMatching(/^[0-9A-F]{64}$/) },
    });
    const device = await deviceNamed(own.name);
    expect(told[0].device?.prn).toBe(device?.prn);
  });

  it("may be a second one where the authority allows it", async () => {
    const authority = shop.makeAuthority("generous");
    const jitp = { product_prn: place.product, allow_second_certificate: true };
    await registerAuthority(running.api, shop, authority, jitp);
    const first = shop.makeDevice(serial(), authority);
    const second = shop.makeDevice(first.name, authority);
    const { prn } = (await me(first)).body.data;
    expect((await me(second)).body.data.prn).toBe(prn);
    expect((await me(first)).body.data.prn).toBe(prn);
  });

  it("makes no device once the authority has expired, but those that it brought stay", async () => {
    const ends = Date.now() + 10_000;
    const root = shop.makeAuthority("root of a mortal");
    const extensions = ["basicConstraints=critical,CA:TRUE", "subjectKeyIdentifier=hash"];
    const mortal = shop.make({ name: "mortal", by: root, until: new Date(ends), extensions });
    await registerAuthority(running.api, shop, mortal, { product_prn: place.product });
    const early = shop.makeDevice(serial(), mortal);
    expect((await me(early)).status).toBe(200);
    while (Date.now() < ends + 1_000) await pause(250);
    expect((await me(shop.makeDevice(serial(), mortal))).status).toBe(401);
    expect((await me(early)).status).toBe(200);
  });

  it("makes none either once the authority is deleted, and those that it brought stay", async () => {
    const authority = shop.makeAuthority("gone");
    const prn = await registerAuthority(running.api, shop, authority, { product_prn: place.product });
    const early = shop.makeDevice(serial(), authority);
    expect((await me(early)).status).toBe(200);
    expect((await running.api("DELETE", `/ca_certificates/${prn}`)).status).toBe(204);
    expect((await me(shop.makeDevice(serial(), authority))).status).toBe(401);
    expect((await me(early)).status).toBe(200);
  });
});

describe("the listener for devices", () => {
  it("limits what each device asks, and what those ask who are none, and nobody for another", async () => {
    const small = await startDeviceServer({ PERIDIO_DEVICE_RATE_LIMIT: "3", PERIDIO_RATE_LIMIT_ADDRESS: "4" });
    const theirs = await makeCohort(small.api);
    const [one, other] = [shop.make({ name: serial() }), shop.make({ name: serial() })];
    await makeDevice(small.api, theirs, one);
    await makeDevice(small.api, theirs, other);
    const ask = (identity: Identity | null) => callAsDevice(small.url, identity)("GET", "/update");
    const statuses = [];
    for (let times = 0; times < 4; times++) statuses.push((await ask(one)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await ask(one)).headers["retry-after"]).toMatch(/^\d+$/);
    expect((await ask(other)).status).toBe(200);
    const strangers = [];
    for (let times = 0; times < 5; times++) strangers.push((await ask(shop.make({ name: "x" }))).status);
    expect(strangers).toEqual([401, 401, 401, 401, 429]);
    expect((await ask(other)).status).toBe(200);
    await small.stop();
  });

  it("serves nothing but the device API, links and its health", async () => {
    const own = shop.make({ name: serial() });
    await makeDevice(running.api, place, own);
    const call = callAsDevice(running.url, own);
    for (const path of ["/binaries", "/devices", "/metrics", "/docs", "/openapi.json", "/users/me", "/console/", "/"]) {
      expect((await call("GET", path)).status, path).toBe(404);
    }
    expect((await call("GET", "/healthz")).status).toBe(200);
    const answer = await call("GET", "/update");
    expect(answer.headers["peridio-request-id"]).toMatch(/^[\w-]{20}$/);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    const { body } = await running.api("GET", "/metrics");
    expect(body).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/update",status="200"\} [1-9]/);
  });

  it("lets a poll that is on its way end when the server stops, and logs who asked", async () => {
    const mine = await startDeviceServer();
    const theirs = await makeCohort(mine.api);
    const own = shop.make({ name: serial() });
    const { prn } = await makeDevice(mine.api, theirs, own);
    const agent = new https.Agent({ keepAlive: true });
    expect((await callAsDevice(mine.url, own, { agent })("GET", "/update")).status).toBe(200);
    const id = prn.split(":").at(-1)!;
    await until("the log names it", () => mine.server.output().includes(id));
    // An idle connection doesn't hold it up.
    await mine.stop();
    agent.destroy();
  });

  const wrong: [Record<string, string>, string][] = [
    [{ PERIDIO_DEVICE_TLS_CERT: "", PERIDIO_DEVICE_TLS_KEY: "" }, "else no device could be recognised"],
    [{ PERIDIO_DEVICE_TLS_KEY: "" }, "PERIDIO_DEVICE_TLS_CERT and PERIDIO_DEVICE_TLS_KEY belong together"],
    [{ PERIDIO_DEVICE_TLS_CERT: "none.crt" }, "PERIDIO_DEVICE_TLS_CERT: none.crt can't be read"],
    [{ PERIDIO_DEVICE_CERT_HEADER: "client-cert" }, "needs PERIDIO_TRUSTED_PROXIES"],
    [
      { PERIDIO_DEVICE_CERT_HEADER: "x-client" },
      "must be one of client-cert, x-ssl-client-cert, x-forwarded-client-cert",
    ],
    [{ PERIDIO_DEVICE_PORT: "" }, "PERIDIO_DEVICE_TLS_CERT needs PERIDIO_DEVICE_PORT"],
  ];

  it.each(wrong)("doesn't start with %o", async (settings, words) => {
    await expect(startDeviceServer(settings)).rejects.toThrow(words);
  });
});

it("an authority that is told to stop bringing devices stops at once", async () => {
  expect((await running.api("PATCH", `/ca_certificates/${factoryPrn}`, { jitp: null })).status).toBe(200);
  expect((await me(shop.makeDevice(serial(), factory))).body.errors.detail).toContain("(jitp_disabled)");
});
