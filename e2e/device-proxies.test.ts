import { randomUUID } from "node:crypto";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { freePort } from "./free-port.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { callAsDevice, makeBundle, makeCohort, makeDevice, makeRelease } from "./support/device.ts";
import { type Identity, type IdentityShop, openShop, registerAuthority } from "./support/identities.ts";
import { type Nginx, startNginx } from "./support/nginx.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";

/*
 * Devices whose TLS ends at a proxy: who is believed, and what a real nginx passes on.
 */

let shop: IdentityShop;

beforeAll(() => {
  shop = openShop();
});
afterAll(() => shop.remove());

const serial = () => `SN-${randomUUID()}`;
const der = ({ cert }: Identity) => cert.replaceAll(/-----[^-]+-----|\s/g, "");
const escaped = (...identities: Identity[]) => encodeURIComponent(identities.map(({ cert }) => cert).join(""));

/** How each kind of proxy writes a certificate, and what came with it. */
const writers: Record<string, (own: Identity, ...others: Identity[]) => Record<string, string>> = {
  "client-cert": (own, ...others) => ({
    "client-cert": `:${der(own)}:`,
    ...(others.length > 0 && { "client-cert-chain": others.map((one) => `:${der(one)}:`).join(", ") }),
  }),
  "x-ssl-client-cert": (own) => ({ "x-ssl-client-cert": escaped(own) }),
  "x-forwarded-client-cert": (own, ...others) => ({
    "x-forwarded-client-cert": `By=spiffe://x/y;Hash=abc;Cert="${escaped(own)}";Chain="${escaped(own, ...others)}";Subject="CN=a\\",b;c"`,
  }),
};

describe.each(Object.keys(writers))("the header %s", (header) => {
  let server: TestServer;
  let api: Api;
  let own: Identity;
  const write = writers[header]!;

  const start = async (proxies: string) => {
    const port = await freePort();
    const settings = {
      PERIDIO_DEVICE_CERT_HEADER: header,
      PERIDIO_TRUSTED_PROXIES: proxies,
      PERIDIO_DEVICE_PORT: String(port),
    };
    const started = await startTestServer(settings);
    return { started, deviceUrl: `http://127.0.0.1:${port}` };
  };
  const me = async (url: string, headers: Record<string, string>) =>
    callAsDevice(url, null)("GET", "/device/me", headers);

  let deviceUrl: string;

  beforeAll(async () => {
    ({ started: server, deviceUrl } = await start("127.0.0.1"));
    api = callApi(server.url);
    own = shop.make({ name: serial() });
    await makeDevice(api, await makeCohort(api), own);
  });
  afterAll(() => server.stop());

  it("is the device, on the listener for devices and beside the API", async () => {
    for (const url of [deviceUrl, server.url]) {
      expect((await me(url, write(own))).body, url).toMatchObject({ data: { identifier: own.name } });
    }
  });

  it("is each device's own on one connection of the proxy's", async () => {
    const other = shop.make({ name: serial() });
    await makeDevice(api, await makeCohort(api), other);
    const names = [];
    // fetch keeps its connections.
    for (const identity of [own, other, own, other]) {
      const answer = await fetch(`${deviceUrl}/device/me`, { headers: write(identity) });
      names.push(((await answer.json()) as { data: { identifier: string } }).data.identifier);
    }
    expect(names).toEqual([own.name, other.name, own.name, other.name]);
    expect((await fetch(`${deviceUrl}/device/me`)).status).toBe(401);
  });

  it("is nobody when it is malformed, or there are two of them", async () => {
    const [[name, value] = ["", ""]] = Object.entries(write(own));
    const always = [
      "x",
      ":",
      "::",
      ":AAAA:",
      "Cert=x",
      "%",
      "%E0%A4%A",
      value.replace("BEGIN", "begin").replace(":M", "::M"),
    ];
    const doubled = [`${value}x`, `x${value}`, `${value}, ${value}`, value.slice(0, -9), value + value];
    // Of Envoy's header all but the nearest proxy's element is what others say.
    const bad = header === "x-forwarded-client-cert" ? always : [...always, ...doubled];
    for (const text of bad) {
      const answer = await me(deviceUrl, { [name]: text });
      expect(answer.status, text.slice(0, 40)).toBe(401);
    }
  });

  it("counts for nothing under another header's name", async () => {
    for (const [other, writeOther] of Object.entries(writers)) {
      if (other !== header) expect((await me(deviceUrl, writeOther(own))).status, other).toBe(401);
    }
  });

  it("counts for nothing from an address that isn't trusted, whatever that says of itself", async () => {
    const { started, deviceUrl: elsewhere } = await start("10.0.0.0/8");
    const theirs = callApi(started.url);
    await makeDevice(theirs, await makeCohort(theirs), own);
    for (const url of [elsewhere, started.url]) {
      const headers = { ...write(own), "x-forwarded-for": "10.0.0.1", forwarded: "for=10.0.0.1" };
      expect((await me(url, headers)).status, url).toBe(401);
    }
    await started.stop();
  });

  it.skipIf(header === "x-ssl-client-cert")("brings the authorities between, for devices that are new", async () => {
    const { product } = await makeCohort(api);
    const root = shop.makeAuthority(`root of ${header}`);
    await registerAuthority(api, shop, root, { product_prn: product });
    const line = shop.makeAuthority("line", { by: root });
    const fresh = shop.makeDevice(serial(), line);
    expect((await me(deviceUrl, write(fresh))).status).toBe(401);
    expect((await me(deviceUrl, write(fresh, line))).status).toBe(200);
  });
});

describe("what Envoy adds to that which its client sent", () => {
  let server: TestServer;
  let victim: Identity;
  let attacker: Identity;

  beforeAll(async () => {
    const settings = { PERIDIO_DEVICE_CERT_HEADER: "x-forwarded-client-cert", PERIDIO_TRUSTED_PROXIES: "loopback" };
    server = await startTestServer(settings);
    const api = callApi(server.url);
    const place = await makeCohort(api);
    [victim, attacker] = [shop.make({ name: serial() }), shop.make({ name: serial() })];
    await makeDevice(api, place, victim);
    await makeDevice(api, place, attacker);
  });
  afterAll(() => server.stop());

  const cert = (identity: Identity) => `Cert="${escaped(identity)}"`;
  const added: [string, () => string][] = [
    ["two elements", () => `${cert(victim)},${cert(attacker)}`],
    ["an open quote before the proxy's", () => `${cert(victim)};X=",Hash=a;${cert(attacker)}`],
    ["an open quote that a subject closes", () => `${cert(victim)};X=",Hash=a;Subject="CN=a\\"b"`],
    ["a certificate twice", () => `${cert(victim)};${cert(attacker)}`],
  ];

  it.each(added)("is nobody's certificate: %s", async (_, write) => {
    const headers = { "x-forwarded-client-cert": write() };
    expect((await callAsDevice(server.url, null)("GET", "/device/me", headers)).status).toBe(401);
  });
});

describe("a real nginx", () => {
  let server: TestServer;
  let api: Api;
  let nginx: Nginx;
  let url: string;

  beforeAll(async () => {
    server = await startTestServer({
      PERIDIO_DEVICE_CERT_HEADER: "x-ssl-client-cert",
      PERIDIO_TRUSTED_PROXIES: "127.0.0.1",
    });
    api = callApi(server.url);
    const devicePort = await freePort();
    nginx = await startNginx({ ports: [Number(new URL(server.url).port)], devicePort });
    url = `https://127.0.0.1:${devicePort}`;
    tls.setDefaultCACertificates([...tls.getCACertificates("default"), nginx.certificate.toString()]);
  });
  afterAll(async () => {
    await nginx.stop();
    await server.stop();
  });

  it("passes on who a device is, its updates, and links that lead back through it", async () => {
    const signer = await makeSigner(api);
    const place = await makeCohort(api);
    const own = shop.make({ name: serial() });
    await makeDevice(api, place, own);
    const releases = [];
    for (const version of ["1.0.0", "2.0.0"]) {
      const bundle = await makeBundle(api, [await signedBinary(server, api, signer)]);
      releases.push(await makeRelease(api, place.cohort, bundle, { version }));
    }
    const call = callAsDevice(url, own);
    const answer = await call("GET", "/update?expand[]=manifest.url", { "peridio-release-prn": releases[0].prn });
    expect(answer).toMatchObject({ status: 200, body: { status: "update" } });
    const link = answer.body.manifest[0].url;
    expect(link.startsWith(`${url}/cdn/`)).toBe(true);
    expect((await fetch(link)).status).toBe(200);
    expect((await call("GET", "/v1/device/me")).body.data.identifier).toBe(own.name);
    expect((await call("GET", "/binaries")).status).toBe(404);
  });

  it("provisions devices whose authority is registered, also for certificates that openssl made by name alone", async () => {
    const { product } = await makeCohort(api);
    const factory = shop.makeAuthority("factory behind nginx");
    await registerAuthority(api, shop, factory, { product_prn: product });
    const fresh = shop.makeDevice(serial(), factory);
    expect((await callAsDevice(url, fresh)("GET", "/device/me")).body.data.identifier).toBe(fresh.name);
  });

  it("lets nobody say by a header whose certificate it has, neither at the host for devices nor at the API's", async () => {
    const own = shop.make({ name: serial() });
    await makeDevice(api, await makeCohort(api), own);
    const thief = shop.make({ name: "thief" });
    const forged = Object.assign({}, ...Object.values(writers).map((write) => write(own)));
    for (const identity of [null, thief]) {
      expect((await callAsDevice(url, identity)("GET", "/device/me", forged)).status).toBe(401);
      expect((await callAsDevice(nginx.url, identity)("GET", "/device/me", forged)).status).toBe(401);
    }
    // The server itself would have believed it, had nginx let it through.
    expect((await callAsDevice(server.url, null)("GET", "/device/me", forged)).status).toBe(200);
  });

  it("turns expired certificates away by itself, which the server wouldn't", async () => {
    const own = shop.make({ name: serial(), days: -1 });
    expect((await callAsDevice(url, own)("GET", "/device/me")).status).toBe(400);
  });
});
