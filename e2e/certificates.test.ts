import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Chains, openChains } from "../server/src/distribution/fleet/chains.fixture.ts";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addOrganization } from "./support/organization.ts";
import { change } from "./support/query.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";

let server: TestServer;
let api: Api;
/** A second organization on the same server. */
let strangers: Api;
let chains: Chains;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  strangers = callApi(server.url, (await addOrganization(server, "Strangers")).key);
  chains = openChains();
});
afterAll(async () => {
  chains[Symbol.dispose]();
  await server.stop();
});

let count = 0;
const fresh = (word: string) => `${word}-${++count}`;
const base64 = (pem: string) => Buffer.from(pem).toString("base64");

async function make(path: string, body: object, as = api): Promise<{ prn: string; [field: string]: unknown }> {
  const answer = await as("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return Object.values(answer.body as Record<string, { prn: string }>)[0]!;
}

const makeProduct = (as = api) => make("/products", { name: fresh("camera") }, as);

async function makeDevice(as = api): Promise<string> {
  const product = await makeProduct(as);
  return (await make("/devices", { identifier: fresh("sn"), product_prn: product.prn }, as)).prn;
}

async function attach(certificate: string, as = api, device?: string): Promise<Answer> {
  return as("POST", "/device_certificates", { device_prn: device ?? (await makeDevice(as)), certificate });
}

async function makeCode(as = api): Promise<string> {
  const answer = await as("POST", "/ca_certificates/verification_codes");
  expect(answer.status).toBe(201);
  return answer.body.verification_code;
}

/** Registers the authority of this name, with a proof that says `code`. */
function register(name: string, code: string, fields: object = {}, as = api): Promise<Answer> {
  const proof = chains.issue(fresh("proof"), { by: name, commonName: code });
  const body = { certificate: base64(chains.read(name)), verification_certificate: base64(proof), ...fields };
  return as("POST", "/ca_certificates", body);
}

async function registered(
  fields: object = {},
  as = api,
): Promise<{ name: string; prn: string; [field: string]: unknown }> {
  const name = fresh("ca");
  chains.authority(name);
  const answer = await register(name, await makeCode(as), fields, as);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return { name, ...answer.body.ca_certificate };
}

describe("a device certificate", () => {
  it.each(["ec", "rsa"] as const)("(%s) is told as openssl tells it", async (key) => {
    const pem = chains.issue(fresh("sn"), { key });
    const { status, body } = await attach(base64(pem));
    expect(status).toBe(201);
    const told = new X509Certificate(pem);
    expect(body.device_certificate).toMatchObject({
      serial: BigInt(`0x${told.serialNumber}`).toString(),
      not_before: told.validFromDate.toISOString().replace("Z", "000Z"),
      not_after: told.validToDate.toISOString().replace("Z", "000Z"),
      common_name: `sn-${count - 2}`,
      fingerprint: told.fingerprint256.replaceAll(":", ""),
    });
    const path = `/device_certificates/${body.device_certificate.prn}`;
    expect((await api("GET", path)).body).toEqual(body);
    expect((await api("DELETE", path)).status).toBe(204);
    expect((await api("GET", path)).status).toBe(404);
    expect((await attach(pem)).status).toBe(201);
  });

  it("is taken as base64 of PEM, as PEM, with words around it, and as base64 of DER", async () => {
    const one = () => chains.issue(fresh("sn"));
    const around = (pem: string) => `Certificate:\n  Data: of mine\n${pem}`;
    const der = (pem: string) => new X509Certificate(pem).raw.toString("base64");
    for (const form of [base64, (pem: string) => pem, around, der]) {
      expect((await attach(form(one()))).status).toBe(201);
    }
  });

  it("is registered once, and says nothing of who has it", async () => {
    const pem = chains.issue(fresh("sn"));
    await attach(pem);
    const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(":", "");
    const taken = field("certificate", `is registered already; its fingerprint is ${fingerprint}`);
    expectRefusal(await attach(pem), taken);
    expectRefusal(await attach(pem, strangers), taken);
  });

  it("of a device that another organization's authority vouches for isn't taken", async () => {
    const { name } = await registered();
    const pem = chains.issue(fresh("sn"), { by: name });
    const refused = field("certificate", "is signed by a certificate authority that isn't yours");
    expectRefusal(await attach(pem, strangers), refused);
    expect((await attach(pem)).status).toBe(201);
  });

  it.each([
    ["nothing", () => "", "must have at least 1 character; got 0"],
    ["words", () => "not base64!", "must be base64 of the PEM text of a certificate; got 11 other characters"],
    ["base64 of nonsense", () => "AAAA", "can't be read as an X.509 certificate; send base64 of its PEM text"],
    [
      "a torn certificate",
      () => `${chains.issue(fresh("sn")).slice(0, 300)}\n-----END CERTIFICATE-----\n`,
      "can't be read as an X.509 certificate; send base64 of its PEM text",
    ],
    [
      "two",
      () => chains.issue(fresh("a")) + chains.issue(fresh("b")),
      "holds 2 PEM blocks; send one certificate at a time",
    ],
    [
      "a public key",
      () => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
      "must be a PEM CERTIFICATE; got a PUBLIC KEY",
    ],
    [
      "a private key",
      () => {
        const name = fresh("sn");
        return chains.issue(name) + chains.privateKey(name);
      },
      "holds a private key. Send only the certificate, and consider the key exposed: make a new one",
    ],
  ])("isn't %s", async (_, send, message) => {
    const device = await makeDevice();
    for (const form of [send(), base64(send())].slice(0, send() === "not base64!" ? 1 : 2)) {
      expectRefusal(await attach(form, api, device), field("certificate", message));
    }
  });

  it("that has expired isn't taken", async () => {
    const pem = chains.issue(fresh("sn"), { days: -1 });
    const expired = new X509Certificate(pem).validToDate.toISOString().replace("Z", "000Z");
    expectRefusal(await attach(pem), field("certificate", `expired at ${expired}`));
  });

  it("belongs to a device of one's own", async () => {
    const theirs = await makeDevice(strangers);
    expectRefusal(
      await attach(chains.issue(fresh("sn")), api, theirs),
      refusal(404, "not_found", `there is no device '${theirs}' in this organization`),
    );
  });

  it("is listed with an empty next_page on the last page, which the official SDK needs", async () => {
    const product = await makeProduct();
    const body = { identifier: fresh("sn"), product_prn: product.prn };
    const device = await make("/devices", body);
    const made = [];
    for (const word of ["a", "b"]) {
      const { body } = await attach(chains.issue(fresh(word)), api, device.prn);
      made.unshift(body.device_certificate);
    }
    const list = (text: string, more = "") =>
      api("GET", `/device_certificates?search=${encodeURIComponent(text)}${more}`);
    for (const text of [`device_prn:'${device.prn}'`, `product_prn:'${product.prn}'`]) {
      expect((await list(text, "&page=")).body, text).toEqual({ device_certificates: made, next_page: "" });
    }
    const first = (await list(`device_prn:'${device.prn}'`, "&limit=1")).body;
    expect(first.device_certificates).toEqual([made[0]]);
    const second = (await list(`device_prn:'${device.prn}'`, `&limit=1&page=${first.next_page}`)).body;
    expect(second).toEqual({ device_certificates: [made[1]], next_page: "" });
    const fingerprint = made[0].fingerprint.toLowerCase();
    expect((await list(`fingerprint:'${fingerprint}'`)).body.device_certificates).toEqual([made[0]]);
    expect((await list(`serial:'${made[1].serial}'`)).body.device_certificates).toEqual([made[1]]);
  });
});

describe("a verification code", () => {
  const proof = "a verification code from POST /ca_certificates/verification_codes";
  const unknown = (code: string) =>
    field("verification_certificate", `must have ${proof} for its common name; got '${code}'`);

  it("is used up by the registration that it proves", async () => {
    const [name, other] = [fresh("ca"), fresh("ca")];
    chains.authority(name, { key: "rsa" });
    chains.authority(other);
    const code = await makeCode();
    expect((await register(name, code)).status).toBe(201);
    expectRefusal(await register(other, code), unknown(code));
  });

  it("outlives registrations that fail", async () => {
    const name = fresh("ca");
    chains.authority(name);
    const code = await makeCode();
    const bad = await register(name, code, { jitp: { product_name: "none of this name" } });
    expectRefusal(
      bad,
      refusal(404, "not_found", "there is no product with the name 'none of this name' in this organization"),
    );
    expect((await register(name, code)).status).toBe(201);
    const again = await makeCode();
    const fingerprint = new X509Certificate(chains.read(name)).fingerprint256.replaceAll(":", "");
    expectRefusal(
      await register(name, again),
      field("certificate", `is registered already; its fingerprint is ${fingerprint}`),
    );
    const other = fresh("ca");
    chains.authority(other);
    expect((await register(other, again)).status).toBe(201);
  });

  it("is one's own", async () => {
    const name = fresh("ca");
    chains.authority(name);
    const code = await makeCode(strangers);
    expectRefusal(await register(name, code), unknown(code));
    expect((await register(name, code, {}, strangers)).status).toBe(201);
  });

  it("lives for a week", async () => {
    const name = fresh("ca");
    chains.authority(name);
    const code = await makeCode();
    const expired = "2026-01-31T00:00:00.000000Z";
    change(server, "update verification_codes set expires_at = ? where code = ?", expired, code);
    expectRefusal(
      await register(name, code),
      field("verification_certificate", `has a verification code for its common name that expired at ${expired}`),
    );
    await makeCode();
    expectRefusal(await register(name, code), unknown(code));
  });

  it("stands in a certificate", async () => {
    const name = fresh("ca");
    chains.authority(name);
    const code = await makeCode();
    expectRefusal(await register(name, "another"), unknown("another"));
    expectRefusal(
      await register(name, ""),
      field("verification_certificate", `has no common name; it must be ${proof}`),
    );
    expect((await register(name, code)).status).toBe(201);
  });
});

describe("a CA certificate", () => {
  it("must be one of an authority", async () => {
    const [plain, old] = [fresh("plain"), fresh("old")];
    chains.issue(plain);
    const refused = field("certificate", "isn't one of an authority: its basic constraints must say CA:TRUE");
    expectRefusal(await register(plain, await makeCode()), refused);
    const pem = chains.authority(old, { days: -1 });
    const expired = new X509Certificate(pem).validToDate.toISOString().replace("Z", "000Z");
    expectRefusal(await register(old, await makeCode()), field("certificate", `expired at ${expired}`));
  });

  it("must demand nothing that isn't looked at", async () => {
    const name = fresh("ca");
    const constraints = "nameConstraints=critical,permitted;DNS:example.com";
    chains.authority(name, { extensions: ["basicConstraints=critical,CA:TRUE", constraints] });
    const message = "has critical extensions that aren't looked at here, such as constraints of names";
    expectRefusal(await register(name, await makeCode()), field("certificate", message));
  });

  it("must have signed the proof itself", async () => {
    const [name, impostor] = [fresh("ca"), fresh("impostor")];
    const certificate = chains.authority(name);
    chains.authority(impostor, { commonName: name });
    const code = await makeCode();
    const proof = chains.issue(fresh("proof"), { by: impostor, commonName: code });
    const unsigned = field("verification_certificate", "isn't signed by the CA certificate");
    const body = { certificate, verification_certificate: proof };
    expectRefusal(await api("POST", "/ca_certificates", body), unsigned);
    expect((await register(name, code)).status).toBe(201);
  });

  it("may be an intermediate one", async () => {
    const [root, factory] = [fresh("root"), fresh("factory")];
    chains.authority(root, { key: "rsa" });
    chains.authority(factory, { by: root });
    expect((await register(factory, await makeCode())).status).toBe(201);
  });

  it.each(["PATCH", "PUT"])("is changed by %s", async (method) => {
    const { prn, name: _, ...made } = await registered({ description: "line 1" });
    expect(made).toMatchObject({ description: "line 1", jitp: null });
    const path = `/ca_certificates/${prn}`;
    const { body } = await api(method, path, { prn, description: "line 2" });
    expect(body.ca_certificate).toMatchObject({ description: "line 2", serial: made.serial, jitp: null });
    expect((await api("GET", path)).body).toEqual(body);
    const found = encodeURIComponent(`description:'line 2' and prn:'${prn}'`);
    expect((await api("GET", `/ca_certificates?search=${found}`)).body.ca_certificates).toEqual([body.ca_certificate]);
    expect((await api("DELETE", path)).status).toBe(204);
    expect((await api("GET", path)).status).toBe(404);
  });

  it("says what devices get that it brings, until that is switched off", async () => {
    const product = await makeProduct();
    const cohort = await make("/cohorts", { name: "beta", product_prn: product.prn });
    const given = {
      cohort_prn: cohort.prn,
      tags: ["a"],
      target: "arm",
      description: "d",
      allow_second_certificate: true,
    };
    const { prn, jitp } = await registered({ jitp: { product_name: product.name, ...given } });
    expect(jitp).toEqual({ product_prn: product.prn, product_name: product.name, ...given });
    const path = `/ca_certificates/${prn}`;
    expect((await api("PATCH", path, { description: "x" })).body.ca_certificate.jitp).toEqual(jitp);
    const renamed = fresh("renamed");
    await api("PATCH", `/products/${product.prn}`, { name: renamed });
    const least = { product_prn: product.prn };
    const { body } = await api("PATCH", path, { jitp: least });
    const nothing = { cohort_prn: null, tags: null, target: null, description: null, allow_second_certificate: false };
    expect(body.ca_certificate.jitp).toEqual({ ...least, product_name: renamed, ...nothing });
    expect((await api("PATCH", path, { jitp: null })).body.ca_certificate.jitp).toBeNull();
    expect((await api("GET", path)).body.ca_certificate.jitp).toBeNull();
  });

  it("brings devices only into what is one's own, open, and fits", async () => {
    const [product, other, theirs] = [await makeProduct(), await makeProduct(), await makeProduct(strangers)];
    const cohort = await make("/cohorts", { name: "beta", product_prn: other.prn });
    const { prn } = await registered();
    const set = (jitp: object) => api("PATCH", `/ca_certificates/${prn}`, { jitp });
    expectRefusal(await set({ tags: [] }), field("jitp.product_prn", "is required, or jitp.product_name in its place"));
    expectRefusal(
      await set({ product_prn: product.prn, product_name: other.name }),
      field("jitp.product_name", `names another product than jitp.product_prn, whose name is '${product.name}'`),
    );
    expectRefusal(
      await set({ product_prn: product.prn, cohort_prn: cohort.prn }),
      field("jitp.cohort_prn", `must be a cohort of the same product; '${cohort.prn}' is one of '${other.prn}'`),
    );
    expectRefusal(
      await set({ product_prn: theirs.prn }),
      refusal(404, "not_found", `there is no product '${theirs.prn}' in this organization`),
    );
    expectRefusal(
      await set({ product_name: theirs.name }),
      refusal(404, "not_found", `there is no product with the name '${theirs.name}' in this organization`),
    );
    expectRefusal(
      await set({ product_prn: product.prn, tags: "a" }),
      field("jitp.tags", "must be an array or null; got 'a'"),
    );
    await api("PATCH", `/products/${other.prn}`, { archived: true });
    const archived = `names the product '${other.name}', which is archived`;
    expectRefusal(await set({ product_prn: other.prn }), field("jitp.product_prn", archived));
    expectRefusal(await set({ product_name: other.name }), field("jitp.product_name", archived));
    expect((await api("GET", `/ca_certificates/${prn}`)).body.ca_certificate.jitp).toBeNull();
  });
});
