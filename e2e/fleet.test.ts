import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type Authority, issue, makeAuthority } from "./support/device-authority.ts";
import { addOrganization } from "./support/organization.ts";
import { query } from "./support/query.ts";

let server: TestServer;
let api: Api;
let strangers: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  strangers = callApi(server.url, (await addOrganization(server, "Strangers")).key);
});
afterAll(() => server.stop());

let count = 0;
const unique = (word: string) => `${word}-${++count}`;

async function made(call: Api, path: string, body: object) {
  const answer = await call("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return Object.values(answer.body as Answer["body"])[0] as Answer["body"];
}

const makeProduct = (call = api) => made(call, "/products", { name: unique("camera") });
const makeCohort = (product: string, call = api) =>
  made(call, "/cohorts", { name: unique("beta"), product_prn: product });
const makeDevice = (product: string, more: object = {}) =>
  made(api, "/devices", { identifier: unique("sn"), product_prn: product, ...more });

const base64 = (pem: string) => Buffer.from(pem).toString("base64");

async function register(call: Api, authority: Authority, more: object = {}) {
  const { verification_code } = (await call("POST", "/ca_certificates/verification_codes")).body;
  return call("POST", "/ca_certificates", {
    certificate: base64(authority.pem),
    verification_certificate: base64(issue(authority, verification_code).certificate),
    ...more,
  });
}

describe("products and cohorts", () => {
  it("a product is archived only when it has no devices", async () => {
    const product = await makeProduct();
    const device = await makeDevice(product.prn);
    const refused = await api("PATCH", `/products/${product.prn}`, { archived: true });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.archived).toEqual([
      "can't be true while the product has 1 devices; delete them or move them first",
    ]);
    expect((await api("DELETE", `/devices/${device.prn}`)).status).toBe(204);
    const archived = await api("PATCH", `/products/${product.prn}`, { archived: true });
    expect(archived.body.product.archived).toBe(true);
    const late = await api("POST", "/devices", { identifier: unique("sn"), product_prn: product.prn });
    expect(late.body.errors.product_prn).toEqual([`names the product '${product.name}', which is archived`]);
    const found = await api(
      "GET",
      `/products?search=${encodeURIComponent(`archived:true and name~'${product.name}'`)}`,
    );
    expect(found.body.products.map(({ prn }: { prn: string }) => prn)).toEqual([product.prn]);
  });

  it("have names that are unique, a cohort's within its product", async () => {
    const product = await makeProduct();
    const again = await api("POST", "/products", { name: product.name });
    expect(again.body.errors.name).toEqual([`is taken by another product; got '${product.name}'`]);
    const cohort = await makeCohort(product.prn);
    const same = await api("POST", "/cohorts", { name: cohort.name, product_prn: product.prn });
    expect(same.body.errors.name).toEqual([`is taken by another cohort of the product; got '${cohort.name}'`]);
    expect((await api("POST", "/cohorts", { name: cohort.name, product_prn: (await makeProduct()).prn })).status).toBe(
      201,
    );
  });
});

describe("devices", () => {
  it("count in their cohort, whatever is done to them", async () => {
    const product = await makeProduct();
    const cohorts = [await makeCohort(product.prn), await makeCohort(product.prn)];
    const devices = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        makeDevice(product.prn, { cohort_prn: cohorts[index % 2]!.prn, quarantined: index % 3 === 0 }),
      ),
    );
    await Promise.all(
      devices.map(async ({ prn }, index) => {
        if (index % 4 === 0) return api("DELETE", `/devices/${prn}`);
        if (index % 4 === 1) return api("PATCH", `/devices/${prn}`, { cohort_prn: null });
        if (index % 4 === 2) return api("PATCH", `/devices/${prn}`, { cohort_prn: cohorts[1]!.prn, quarantined: true });
        return api("PATCH", `/devices/${prn}`, { quarantined: false });
      }),
    );
    const wrong = query(
      server,
      `select * from (select c.id, c.device_count, c.quarantined_count,
        (select count(*) from devices d where d.cohort_id = c.id) as devices,
        (select count(*) from devices d where d.cohort_id = c.id and d.quarantined = 1) as quarantined
        from cohorts c) as counted where device_count != devices or quarantined_count != quarantined`,
    );
    expect(wrong).toEqual([]);
    const { cohort } = (await api("GET", `/cohorts/${cohorts[1]!.prn}`)).body;
    expect(cohort.device_count).toBe(6);
  });

  it("belong to a cohort of their own product alone", async () => {
    const [product, other] = [await makeProduct(), await makeProduct()];
    const cohort = await makeCohort(other.prn);
    const problem = `must be of the product '${product.name}'; the cohort '${cohort.name}' is of another one`;
    const body = { identifier: unique("sn"), product_prn: product.prn, cohort_prn: cohort.prn };
    expect((await api("POST", "/devices", body)).body.errors.cohort_prn).toEqual([problem]);
    const device = await makeDevice(other.prn, { cohort_prn: cohort.prn });
    const moved = await api("PATCH", `/devices/${device.prn}`, { product_prn: product.prn });
    expect(moved.body.errors.cohort_prn).toEqual([problem]);
    const both = await api("PATCH", `/devices/${device.prn}`, { product_prn: product.prn, cohort_prn: null });
    expect(both.body.device).toMatchObject({ product_prn: product.prn, cohort_prn: null });
  });

  it("have an identifier that is theirs in the organization, and tags that count once", async () => {
    const product = await makeProduct();
    const device = await makeDevice(product.prn, { tags: ["a", "b", "a"], target: "aarch64-linux-gnu" });
    expect(device.tags).toEqual(["a", "b"]);
    const again = await api("POST", "/devices", { identifier: device.identifier, product_prn: product.prn });
    expect(again.body.errors.identifier).toEqual([
      `is taken by another device of the organization; got '${device.identifier}'`,
    ]);
    const foreign = await makeProduct(strangers);
    const theirs = await strangers("POST", "/devices", { identifier: device.identifier, product_prn: foreign.prn });
    expect(theirs.status).toBe(201);
  });
});

describe("certificates of devices", () => {
  it("are kept with their serial, their times and who they are", async () => {
    const device = await makeDevice((await makeProduct()).prn);
    const pem = issue(makeAuthority("one"), device.identifier).certificate;
    const kept = await made(api, "/device_certificates", { device_prn: device.prn, certificate: base64(pem) });
    expect(kept).toMatchObject({ device_prn: device.prn, common_name: device.identifier });
    expect(kept.serial).toMatch(/^\d+$/);
    expect(kept.fingerprint).toMatch(/^[0-9A-F]{64}$/);
    const search = encodeURIComponent(`device_prn:'${device.prn}'`);
    const { body } = await api("GET", `/device_certificates?search=${search}&page=`);
    expect(body).toEqual({ device_certificates: [kept], next_page: "" });
    expect((await api("DELETE", `/device_certificates/${kept.prn}`)).status).toBe(204);
  });

  it("are refused when they can't be read, have expired, or are registered anywhere", async () => {
    const product = await makeProduct();
    const device = await makeDevice(product.prn);
    const send = (call: Api, prn: string, certificate: string) =>
      call("POST", "/device_certificates", { device_prn: prn, certificate });
    expect((await send(api, device.prn, "bm90aGluZw==")).body.errors.certificate).toEqual([
      "must be base64 of the PEM text of one certificate: -----BEGIN CERTIFICATE----- and so on",
    ]);
    const authority = makeAuthority("two");
    const old = issue(authority, "old", { days: -1 }).certificate;
    expect((await send(api, device.prn, base64(old))).body.errors.certificate).toEqual([
      expect.stringMatching(/^expired at 20\d\d-/),
    ]);
    const pem = issue(authority, "twice").certificate;
    expect((await send(api, device.prn, base64(pem))).status).toBe(201);
    const taken = ["is registered already, or belongs to an authority that is; a certificate names one device"];
    expect((await send(api, device.prn, pem)).body.errors.certificate).toEqual(taken);
    const theirs = await made(strangers, "/devices", {
      identifier: "x",
      product_prn: (await makeProduct(strangers)).prn,
    });
    expect((await send(strangers, theirs.prn, base64(pem))).body.errors.certificate).toEqual(taken);
  });

  it("of an authority of one organization can't be registered by another", async () => {
    const authority = makeAuthority("ours");
    expect((await register(api, authority)).status).toBe(201);
    const copied = issue(authority, "never seen here").certificate;
    const theirs = await made(strangers, "/devices", {
      identifier: "thief",
      product_prn: (await makeProduct(strangers)).prn,
    });
    const answer = await strangers("POST", "/device_certificates", {
      device_prn: theirs.prn,
      certificate: base64(copied),
    });
    expect(answer.status).toBe(422);
  });
});

describe("certificates of authorities", () => {
  it("are registered by a certificate that shows their key, with a code that is used up by success alone", async () => {
    const authority = makeAuthority("proven");
    const { verification_code: code } = (await api("POST", "/ca_certificates/verification_codes")).body;
    const proof = issue(authority, code).certificate;
    const other = issue(makeAuthority("proven"), code).certificate;
    const create = (call: Api, certificate: string, verification: string) =>
      call("POST", "/ca_certificates", {
        certificate: base64(certificate),
        verification_certificate: base64(verification),
      });
    expect((await create(api, authority.pem, other)).body.errors.verification_certificate).toEqual([
      "must be signed by the authority's key; it isn't signed by 'certificate'",
    ]);
    expect((await create(api, proof, proof)).body.errors.certificate).toEqual([
      "is not of an authority: it lacks the basic constraint CA:TRUE",
    ]);
    const foreign = await create(strangers, authority.pem, proof);
    expect(foreign.body.errors.verification_certificate).toEqual([
      `must have a verification code of this organization, not older than a week, for its common name; got '${code}'`,
    ]);
    const { status, body } = await create(api, authority.pem, proof);
    expect(status).toBe(201);
    expect(body.ca_certificate).toMatchObject({ jitp: null, description: null, common_name: "proven" });
    expect((await create(api, authority.pem, proof)).status).toBe(422);
  });

  it("say what devices get that they bring", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product.prn);
    const jitp = { product_name: product.name, cohort_prn: cohort.prn, tags: ["new"], description: "by itself" };
    const { body } = await register(api, makeAuthority("bringer"), { jitp });
    const shown = {
      product_prn: product.prn,
      product_name: product.name,
      cohort_prn: cohort.prn,
      tags: ["new"],
      target: null,
      description: "by itself",
      allow_second_certificate: false,
    };
    expect(body.ca_certificate.jitp).toEqual(shown);
    const path = `/ca_certificates/${body.ca_certificate.prn}`;
    expect((await api("PUT", path, { description: "renamed" })).body.ca_certificate).toMatchObject({
      description: "renamed",
      jitp: shown,
    });
    expect((await api("PATCH", path, { jitp: null })).body.ca_certificate.jitp).toBe(null);
    const wrong = await api("PATCH", path, { jitp: { product_name: "none" } });
    expect(wrong.body.errors["jitp.product_name"]).toEqual(["must name a product of this organization; got 'none'"]);
    expect((await api("DELETE", path)).status).toBe(204);
  });
});
