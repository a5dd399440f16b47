import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addDevice, addProduct } from "./support/fleet.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";

let server: TestServer;
let api: Api;
let signer: TestSigner;
let organization: string;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  signer = await makeSigner(api);
  organization = (await api("GET", "/users/me")).body.data.organization_prn;
});
afterAll(() => server.stop());

const signed = () => signedBinary(server, api, signer);
const missing = (type: string) => `${organization}:${type}:${randomUUID()}`;

async function bundleOf(binaries: string[]): Promise<Answer["body"]> {
  const answer = await api("POST", "/bundles", { binaries: binaries.map((prn) => ({ prn })) });
  expect(answer.status).toBe(201);
  return answer.body.bundle;
}

async function overrideOf(bundle: string, fields = {}): Promise<Answer["body"]> {
  const body = { name: "trial", bundle_prn: bundle, starts_at: "2026-01-01T00:00:00Z", ...fields };
  const answer = await api("POST", "/bundle_overrides", body);
  expect(answer.status).toBe(201);
  return answer.body.bundle_override;
}

describe("an override", () => {
  it("names a bundle for its devices between two times, cut to microseconds", async () => {
    const bundle = await bundleOf([await signed()]);
    const made = await overrideOf(bundle.prn, {
      starts_at: "2026-01-31T00:00:00.123456789+01:00",
      ends_at: "2026-02-01T00:00:00Z",
      description: "a trial",
    });
    expect(made).toEqual({
      prn: expect.stringContaining(":bundle_override:"),
      organization_prn: organization,
      name: "trial",
      description: "a trial",
      bundle_prn: bundle.prn,
      starts_at: "2026-01-30T23:00:00.123456Z",
      ends_at: "2026-02-01T00:00:00.000000Z",
      inserted_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect((await api("GET", `/bundle_overrides/${made.prn}`)).body.bundle_override).toEqual(made);
  });

  it("changes in all its fields", async () => {
    const [one, other] = [await bundleOf([await signed()]), await bundleOf([await signed()])];
    const { prn } = await overrideOf(one.prn);
    const fields = {
      name: "other",
      bundle_prn: other.prn,
      starts_at: "2027-01-01T00:00:00Z",
      ends_at: "2027-01-02T00:00:00Z",
      description: "why",
    };
    const changed = (await api("PATCH", `/bundle_overrides/${prn}`, { prn, ...fields })).body.bundle_override;
    expect(changed).toMatchObject({
      ...fields,
      starts_at: "2027-01-01T00:00:00.000000Z",
      ends_at: "2027-01-02T00:00:00.000000Z",
    });
    const cleared = await api("PATCH", `/bundle_overrides/${prn}`, { ends_at: null, description: null });
    expect(cleared.body.bundle_override).toMatchObject({ name: "other", ends_at: null, description: null });
  });

  it("is found by its fields", async () => {
    const bundle = await bundleOf([await signed()]);
    const { prn } = await overrideOf(bundle.prn, { name: "Found Me", ends_at: "2028-01-01T00:00:00Z" });
    for (const clause of ["name-'found me'", "starts_at<'2026-01-02T00:00:00Z'", "ends_at:'2028-01-01T00:00:00Z'"]) {
      const search = encodeURIComponent(`bundle_prn:'${bundle.prn}' and ${clause}`);
      const { bundle_overrides } = (await api("GET", `/bundle_overrides?search=${search}`)).body;
      expect(bundle_overrides.map((found: { prn: string }) => found.prn)).toEqual([prn]);
    }
  });

  it("ends after it starts, also when only one of the two is changed", async () => {
    const bundle = await bundleOf([await signed()]);
    const { prn } = await overrideOf(bundle.prn, { ends_at: "2026-02-01T00:00:00Z" });
    const order = (start: string, end: string) =>
      field(
        "ends_at",
        `must be after starts_at, which is 2026-${start}T00:00:00.000000Z; got 2026-${end}T00:00:00.000000Z`,
      );
    const create = {
      name: "n",
      bundle_prn: bundle.prn,
      starts_at: "2026-03-01T00:00:00Z",
      ends_at: "2026-03-01T00:00:00Z",
    };
    expectRefusal(await api("POST", "/bundle_overrides", create), order("03-01", "03-01"));
    const path = `/bundle_overrides/${prn}`;
    expectRefusal(await api("PATCH", path, { starts_at: "2026-03-01T00:00:00Z" }), order("03-01", "02-01"));
    expectRefusal(await api("PATCH", path, { ends_at: "2026-01-01T00:00:00Z" }), order("01-01", "01-01"));
  });

  it.each([
    [{ starts_at: "2026-02-30T00:00:00Z" }, "starts_at", "must be a time that exists; got '2026-02-30T00:00:00Z'"],
    [
      { starts_at: "2026-01-01T00:00:00Z", ends_at: "2026-02-30T00:00:00Z" },
      "ends_at",
      "must be a time that exists; got '2026-02-30T00:00:00Z'",
    ],
    [{ starts_at: "tomorrow" }, "starts_at", "must be an RFC 3339 time such as 2026-01-31T00:00:00Z; got 'tomorrow'"],
    [{ name: "" }, "name", "must have at least 1 character; got 0"],
    [{ description: "x".repeat(1025) }, "description", "must have at most 1024 characters; got 1025"],
  ])("is refused with %j", async (fields, name, problem) => {
    const body = { name: "n", bundle_prn: missing("bundle"), starts_at: "2026-01-01T00:00:00Z", ...fields };
    expectRefusal(await api("POST", "/bundle_overrides", body), field(name, problem));
  });

  it("needs a bundle that is there", async () => {
    const nowhere = missing("bundle");
    const detail = `there is no bundle '${nowhere}' in this organization`;
    const body = { name: "n", bundle_prn: nowhere, starts_at: "2026-01-01T00:00:00Z" };
    expectRefusal(await api("POST", "/bundle_overrides", body), refusal(404, "not_found", detail));
    const { prn } = await overrideOf((await bundleOf([await signed()])).prn);
    const moved = await api("PATCH", `/bundle_overrides/${prn}`, { bundle_prn: nowhere });
    expectRefusal(moved, refusal(404, "not_found", detail));
  });

  it("has devices: added once, listed in pages, removed; and goes with them", async () => {
    const { prn } = await overrideOf((await bundleOf([await signed()])).prn);
    const product = addProduct(server, organization);
    const devices = [1, 2, 3].map(() => addDevice(server, organization, product));
    const path = `/bundle_overrides/${prn}/devices`;
    const added = [];
    for (const device_prn of devices) {
      const answer = await api("POST", path, { device_prn });
      expect(answer.status).toBe(201);
      added.push(answer.body.device);
    }
    expect(added.map(({ device_prn }) => device_prn)).toEqual(devices);
    const again = await api("POST", path, { device_prn: devices[0] });
    expect([again.status, again.body.device]).toEqual([201, added[0]]);

    const first = (await api("GET", `${path}?limit=2&order=asc`)).body;
    expect(first.devices).toEqual(added.slice(0, 2));
    const rest = (await api("GET", `${path}?limit=2&page=${first.next_page}`)).body;
    expect(rest).toEqual({ devices: added.slice(2), next_page: null });

    const removed = await api("DELETE", `${path}/${devices[1]}`);
    expect([removed.status, removed.body]).toEqual([200, {}]);
    const detail = `there is no device of this bundle override '${devices[1]}' in this organization`;
    expectRefusal(await api("DELETE", `${path}/${devices[1]}`), refusal(404, "not_found", detail));
    const left = (await api("GET", `${path}?order=asc`)).body.devices;
    expect(left).toEqual([added[0], added[2]]);

    expect((await api("DELETE", `/bundle_overrides/${prn}`)).status).toBe(204);
    const gone = `there is no bundle override '${prn}' in this organization`;
    expectRefusal(await api("GET", path), refusal(404, "not_found", gone));
  });

  it("takes no device that isn't there", async () => {
    const { prn } = await overrideOf((await bundleOf([await signed()])).prn);
    const nowhere = missing("device");
    const detail = `there is no device '${nowhere}' in this organization`;
    const answer = await api("POST", `/bundle_overrides/${prn}/devices`, { device_prn: nowhere });
    expectRefusal(answer, refusal(404, "not_found", detail));
    expectRefusal(await api("POST", `/bundle_overrides/${prn}/devices`, {}), field("device_prn", "is required"));
  });

  it("is written into the trail, its devices too", async () => {
    const { prn } = await overrideOf((await bundleOf([await signed()])).prn);
    const device = addDevice(server, organization, addProduct(server, organization));
    await api("POST", `/bundle_overrides/${prn}/devices`, { device_prn: device });
    await api("DELETE", `/bundle_overrides/${prn}/devices/${device}`);
    await api("PATCH", `/bundle_overrides/${prn}`, { name: "told" });
    await api("DELETE", `/bundle_overrides/${prn}`);
    const search = encodeURIComponent(`resource_prn:'${prn}'`);
    const { audit_logs } = (await api("GET", `/audit_logs?order=asc&search=${search}`)).body;
    expect(audit_logs).toMatchObject([
      { subtype: "created", after: { name: "trial" } },
      { subtype: "device_added", after: { device_prn: device } },
      { subtype: "device_removed", before: { device_prn: device } },
      { subtype: "updated", after: { name: "told" } },
      { subtype: "deleted" },
    ]);
  });
});
