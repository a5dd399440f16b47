import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addOrganization } from "./support/organization.ts";
import { query } from "./support/query.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";

let server: TestServer;
let api: Api;
/** A second organization on the same server. */
let strangers: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  strangers = callApi(server.url, (await addOrganization(server, "Strangers")).key);
});
afterAll(() => server.stop());

let count = 0;
const fresh = (word: string) => `${word} ${++count}`;

async function make(path: string, body: object, as = api): Promise<{ prn: string; [field: string]: unknown }> {
  const answer = await as("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return Object.values(answer.body as Record<string, { prn: string }>)[0]!;
}

const makeProduct = (as = api) => make("/products", { name: fresh("camera") }, as);
const makeCohort = (product: { prn: string }, as = api) =>
  make("/cohorts", { name: fresh("beta"), product_prn: product.prn }, as);
const makeDevice = (product: { prn: string }, fields: object = {}, as = api) =>
  make("/devices", { identifier: fresh("sn"), product_prn: product.prn, ...fields }, as);
const search = async (path: string, text: string) => {
  const { status, body } = await api("GET", `${path}?search=${encodeURIComponent(text)}`);
  expect(status, text).toBe(200);
  return (body[path.slice(1)] as { prn: string }[]).map(({ prn }) => prn);
};

describe("a product", () => {
  it("has a name of its own", async () => {
    const product = await makeProduct();
    expectRefusal(await api("POST", "/products", { name: product.name }), taken(product.name));
    const other = await makeProduct();
    expectRefusal(await api("PATCH", `/products/${other.prn}`, { name: product.name }), taken(product.name));
    expect((await strangers("POST", "/products", { name: product.name })).status).toBe(201);
  });
  const taken = (name: unknown) => field("name", `is taken by another product; got '${name}'`);

  it("isn't archived while it has devices, and takes nothing new after", async () => {
    const product = await makeProduct();
    const path = `/products/${product.prn}`;
    const devices = [await makeDevice(product), await makeDevice(product)];
    const still = (devices: string) =>
      refusal(409, "conflict", `the product can't be archived while it has ${devices}; move or delete them first`);
    expectRefusal(await api("PATCH", path, { archived: true }), still("2 devices"));
    await api("DELETE", `/devices/${devices[0]!.prn}`);
    expectRefusal(await api("PATCH", path, { archived: true }), still("1 device"));
    const refuge = await makeProduct();
    await api("PATCH", `/devices/${devices[1]!.prn}`, { product_prn: refuge.prn });
    expect((await api("PATCH", path, { archived: true })).body.product.archived).toBe(true);
    const archived = field("product_prn", `names the product '${product.name}', which is archived`);
    expectRefusal(await api("POST", "/devices", { identifier: "x", product_prn: product.prn }), archived);
    expectRefusal(await api("POST", "/cohorts", { name: "x", product_prn: product.prn }), archived);
    expectRefusal(await api("PATCH", `/devices/${devices[1]!.prn}`, { product_prn: product.prn }), archived);
    expect((await api("PATCH", path, { archived: false })).body.product.archived).toBe(false);
    await makeDevice(product);
  });

  it("is found by all that the table of search keys promises", async () => {
    const product = await make("/products", { name: fresh("searched"), archived: true });
    for (const text of [
      `name:'${product.name}'`,
      `name~'arched ${count}'`,
      `archived:true and prn:'${product.prn}'`,
      `inserted_at>='2020-01-01T00:00:00Z' and prn:'${product.prn}'`,
    ]) {
      expect(await search("/products", text), text).toEqual([product.prn]);
    }
    expect(await search("/products", `archived:false and prn:'${product.prn}'`)).toEqual([]);
    expect(await search("/products", "deleted_at>'2020-01-01T00:00:00Z'")).toEqual([]);
  });
});

describe("a cohort", () => {
  it("has a name of its own in its product", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product);
    const taken = field("name", `is taken by another cohort of the product; got '${cohort.name}'`);
    const body = { name: cohort.name, product_prn: product.prn };
    expectRefusal(await api("POST", "/cohorts", body), taken);
    const other = await makeCohort(product);
    expectRefusal(await api("PATCH", `/cohorts/${other.prn}`, { name: cohort.name }), taken);
    await make("/cohorts", { ...body, product_prn: (await makeProduct()).prn });
  });

  it("belongs to a product of one's own", async () => {
    const theirs = await makeProduct(strangers);
    expectRefusal(
      await api("POST", "/cohorts", { name: "x", product_prn: theirs.prn }),
      refusal(404, "not_found", `there is no product '${theirs.prn}' in this organization`),
    );
  });

  it("is changed, and found", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product);
    const changed = await api("PATCH", `/cohorts/${cohort.prn}`, { prn: cohort.prn, description: "for the brave" });
    expect(changed.body.cohort).toMatchObject({ name: cohort.name, description: "for the brave", device_count: 0 });
    expect(await search("/cohorts", `product_prn:'${product.prn}' and description~'brave'`)).toEqual([cohort.prn]);
    expect(await search("/cohorts", `name:'${cohort.name}'`)).toEqual([cohort.prn]);
    expect((await api("PATCH", `/cohorts/${cohort.prn}`, { description: null })).body.cohort.description).toBeNull();
  });
});

describe("a device", () => {
  it("has an identifier of its own in the organization", async () => {
    const device = await makeDevice(await makeProduct());
    const body = { identifier: device.identifier, product_prn: (await makeProduct()).prn };
    const taken = field("identifier", `is taken by another device; got '${device.identifier}'`);
    expectRefusal(await api("POST", "/devices", body), taken);
    await makeDevice(await makeProduct(strangers), { identifier: device.identifier }, strangers);
  });

  it("keeps what it is told, and forgets what is null", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product);
    const told = { cohort_prn: cohort.prn, description: "d", target: "arm", tags: ["a", "b"], quarantined: true };
    const device = await makeDevice(product, told);
    expect(device).toMatchObject({ ...told, product_prn: product.prn, last_connected_at: null });
    const path = `/devices/${device.prn}`;
    expect((await api("PATCH", path, {})).body.device).toMatchObject(told);
    const nothing = { cohort_prn: null, description: null, target: null, tags: null };
    expect((await api("PATCH", path, { ...nothing, quarantined: false })).body.device).toMatchObject(nothing);
  });

  it("is in a cohort of its product, and in no other", async () => {
    const [product, other] = [await makeProduct(), await makeProduct()];
    const [cohort, foreign] = [await makeCohort(product), await makeCohort(other)];
    const mixed = (prn: string, of: string) =>
      field("cohort_prn", `must be a cohort of the same product; '${prn}' is one of '${of}'`);
    const body = { identifier: fresh("sn"), product_prn: product.prn, cohort_prn: foreign.prn };
    expectRefusal(await api("POST", "/devices", body), mixed(foreign.prn, other.prn));
    const path = `/devices/${(await makeDevice(product, { cohort_prn: cohort.prn })).prn}`;
    expectRefusal(await api("PATCH", path, { cohort_prn: foreign.prn }), mixed(foreign.prn, other.prn));
    expectRefusal(
      await api("PATCH", path, { product_prn: other.prn }),
      field(
        "product_prn",
        `can't change alone: the device is in '${cohort.prn}' of the old product; send cohort_prn as well, of the new one or null`,
      ),
    );
    const back = { product_prn: other.prn, cohort_prn: cohort.prn };
    expectRefusal(await api("PATCH", path, back), mixed(cohort.prn, product.prn));
    const moved = { product_prn: other.prn, cohort_prn: foreign.prn };
    expect((await api("PATCH", path, moved)).body.device).toMatchObject(moved);
    expect((await api("PATCH", path, { product_prn: other.prn })).body.device).toMatchObject(moved);
    expect((await api("PATCH", path, { product_prn: product.prn, cohort_prn: null })).status).toBe(200);
  });

  it("doesn't refer to another organization's things", async () => {
    const theirs = await makeProduct(strangers);
    const cohort = await makeCohort(theirs, strangers);
    const product = await makeProduct();
    const missing = (what: string, prn: string) =>
      refusal(404, "not_found", `there is no ${what} '${prn}' in this organization`);
    const body = { identifier: "x", product_prn: theirs.prn };
    expectRefusal(await api("POST", "/devices", body), missing("product", theirs.prn));
    const withCohort = { identifier: "x", product_prn: product.prn, cohort_prn: cohort.prn };
    expectRefusal(await api("POST", "/devices", withCohort), missing("cohort", cohort.prn));
    const path = `/devices/${(await makeDevice(product)).prn}`;
    expectRefusal(await api("PATCH", path, { product_prn: theirs.prn }), missing("product", theirs.prn));
    expectRefusal(await api("PATCH", path, { cohort_prn: cohort.prn }), missing("cohort", cohort.prn));
  });

  it.each([
    ["no identifier", { identifier: undefined }, field("identifier", "is required")],
    ["an empty identifier", { identifier: "" }, field("identifier", "must have at least 1 character; got 0")],
    [
      "an identifier with a line break",
      { identifier: "a\nb" },
      field("identifier", "must be printable characters, such as a serial number; got 'a\nb'"),
    ],
    [
      "an identifier that is too long",
      { identifier: "a".repeat(129) },
      field("identifier", "must have at most 128 characters; got 129"),
    ],
    ["tags in one text", { tags: "a,b" }, field("tags", "must be an array or null; got 'a,b'")],
    ["an empty tag", { tags: ["a", ""] }, field("tags.1", "must have at least 1 character; got 0")],
    ["a target of no characters", { target: "" }, field("target", "must have at least 1 character; got 0")],
    ["quarantined as a word", { quarantined: "yes" }, field("quarantined", "must be a boolean; got 'yes'")],
  ])("is refused with %s", async (_, wrong, expected) => {
    const product = await makeProduct();
    const body = { identifier: "x", product_prn: product.prn, ...wrong };
    expectRefusal(await api("POST", "/devices", body), expected);
  });

  it("is found by all that the table of search keys promises", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product);
    const fields = { cohort_prn: cohort.prn, description: "on the roof", target: "mips", quarantined: true };
    const device = await makeDevice(product, fields);
    await makeDevice(product);
    for (const text of [
      `product_prn:'${product.prn}' and cohort_prn:'${cohort.prn}'`,
      `identifier:'${device.identifier}'`,
      `product_prn:'${product.prn}' and description~'roof'`,
      `product_prn:'${product.prn}' and target:'mips'`,
      `product_prn:'${product.prn}' and quarantined:true`,
    ]) {
      expect(await search("/devices", text), text).toEqual([device.prn]);
    }
    for (const text of [
      "last_connected_at>'2020-01-01T00:00:00Z'",
      "reported_release_version~'1'",
      "reported_bundle_prn:'x'",
    ]) {
      expect(await search("/devices", `product_prn:'${product.prn}' and ${text}`), text).toEqual([]);
    }
  });

  it("counts in its cohort as long as it is in it", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product);
    const inside = async () => (await api("GET", `/cohorts/${cohort.prn}`)).body.cohort.device_count;
    const device = await makeDevice(product, { cohort_prn: cohort.prn });
    await makeDevice(product, { cohort_prn: cohort.prn });
    expect(await inside()).toBe(2);
    await api("DELETE", `/devices/${device.prn}`);
    expect(await inside()).toBe(1);
  });

  it("is gone when it was deleted, with all that refers to it", async () => {
    const product = await makeProduct();
    const device = await makeDevice(product);
    expect((await api("DELETE", `/devices/${device.prn}`)).status).toBe(204);
    expectRefusal(
      await api("GET", `/devices/${device.prn}`),
      refusal(404, "not_found", `there is no device '${device.prn}' in this organization`),
    );
    expect((await api("DELETE", `/devices/${randomUUID()}`)).status).toBe(404);
  });

  it("tells of its changes by an event, and who made them by the trail", async () => {
    const product = await makeProduct();
    const cohort = await makeCohort(product);
    const device = await makeDevice(product, { tags: ["a"] });
    await api("PATCH", `/devices/${device.prn}`, { cohort_prn: cohort.prn, quarantined: true });
    const rows = query<{ type: string; subtype: string; data: string }>(
      server,
      "select type, subtype, data from events where resource_prn = ?",
      device.prn,
    );
    expect(rows.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) }))).toEqual([
      {
        type: "device",
        subtype: "updated",
        data: {
          device: {
            prn: device.prn,
            identifier: device.identifier,
            cohort: { cohort_prn: cohort.prn, cohort_name: cohort.name },
            description: null,
            quarantined: true,
            tags: ["a"],
            firmware: null,
            release: null,
            bundle: null,
          },
        },
      },
    ]);
    const found = encodeURIComponent(`resource_prn:'${device.prn}'`);
    const { audit_logs } = (await api("GET", `/audit_logs?order=asc&search=${found}`)).body;
    expect(audit_logs.map((entry: { subtype: string }) => entry.subtype)).toEqual(["created", "updated"]);
    const id = cohort.prn.split(":").at(-1);
    expect(audit_logs[1]).toMatchObject({
      before: { cohort_id: null, quarantined: 0 },
      after: { cohort_id: id, quarantined: 1 },
    });
  });
});
