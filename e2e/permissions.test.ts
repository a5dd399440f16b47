import { randomBytes, randomUUID } from "node:crypto";
import { type Access, allOperations, type Operation, permissions } from "@open-peridio/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChains } from "../server/src/distribution/fleet/chains.fixture.ts";
import { type Answer, type Api, callApi, makeBinary, sha256 } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type Caller, makeCallers, mayCall } from "./support/callers.ts";
import { channelRows } from "./support/channel-rows.ts";
import { makeSigningPair } from "./support/official-client.ts";
import { addOrganization } from "./support/organization.ts";
import { change } from "./support/query.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import { until } from "./support/until.ts";

/*
 * Every route of the permissions table, asked by everyone, about one's own things and another organization's. What is
 * expected is read from the same table that the server reads; what the table itself should say is for people to read.
 */

let server: TestServer;
let receiver: Receiver;
/** Callers of the organization whose things are asked for, and of another one. */
let insiders: Caller[];
let outsiders: Caller[];
let admin: Api;
/** One thing of each kind, by the first word of its path. */
let things: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer({
    PERIDIO_WEBHOOK_ALLOW_PRIVATE: "true",
  });
  receiver = await startReceiver();
  admin = callApi(server.url);
  const strangers = await addOrganization(server, "Strangers");
  insiders = await makeCallers(server.url, admin);
  outsiders = await makeCallers(server.url, callApi(server.url, strangers.key));
  things = await makeOneOfEach();
});
afterAll(async () => {
  await server.stop();
  await receiver.stop();
});

async function makeOneOfEach(): Promise<Record<string, string>> {
  const content = randomBytes(10);
  const made = async (path: string, body: object) => {
    const answer = await admin("POST", path, body);
    expect(answer.status, path).toBe(201);
    return Object.values(answer.body as Record<string, { prn: string }>)[0]!.prn;
  };
  const product = await made("/products", { name: "camera" });
  const device = await made("/devices", { identifier: "sn1", product_prn: product });
  using chains = openChains();
  const authority = chains.authority("ca");
  const commonName = (await admin("POST", "/ca_certificates/verification_codes")).body.verification_code;
  const proof = chains.issue("proof", { by: "ca", commonName });
  const webhook = await made("/webhooks", { url: receiver.url, enabled_events: ["binary.created"] });
  const binary = await makeBinary(admin, content);
  const { artifact_version_prn: version, organization_prn } = (await admin("GET", `/binaries/${binary}`)).body.binary;
  const { artifact_prn: artifact } = (await admin("GET", `/artifact_versions/${version}`)).body.artifact_version;
  const upload = await fetch(`${server.url}/binaries/${binary}/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}` },
    body: new Uint8Array(content),
  });
  expect(upload.status).toBe(200);
  const pair = makeSigningPair();
  const signingKey = await made("/signing_keys", { name: "key", value: pair.value });
  const signature = pair.sign(sha256(content));
  const binarySignature = await made("/binary_signatures", {
    binary_prn: binary,
    signing_key_prn: signingKey,
    signature,
  });
  const bundled = await admin("POST", "/bundles", { binaries: [{ prn: binary }] }, { "x-api-version": "2" });
  const { prn: bundle, hash } = bundled.body.bundle;
  const delivery = await until("a delivery", async () => {
    const { webhook_deliveries } = (await admin("GET", "/webhook_deliveries?limit=1")).body;
    return webhook_deliveries[0]?.state === "delivered" ? webhook_deliveries[0].prn : null;
  });
  const storeAt = { url: "s3://firmware", credentials: { access_key_id: "a", secret_access_key: "b" } };
  const store = await made("/content_stores", { name: "store", ...storeAt });
  return {
    organizations: organization_prn,
    artifacts: artifact,
    artifact_versions: version,
    binaries: binary,
    signing_keys: signingKey,
    binary_signatures: binarySignature,
    bundles: bundle,
    bundle_signatures: await made("/bundle_signatures", {
      bundle_prn: bundle,
      signing_key_prn: signingKey,
      signature: pair.sign(hash),
    }),
    bundle_overrides: await made("/bundle_overrides", {
      name: "trial",
      bundle_prn: bundle,
      starts_at: "2026-01-01T00:00:00Z",
    }),
    api_keys: await made("/api_keys", { name: "victim", scopes: ["admin"] }),
    audit_logs: (await admin("GET", "/audit_logs?limit=1")).body.audit_logs[0].prn,
    org_users: (await admin("GET", "/org_users?limit=1")).body.org_users[0].prn,
    invitations: await made("/invitations", { email: "victim@example.com", role: "viewer" }),
    ...(await makeReleases()),
    products: product,
    cohorts: await made("/cohorts", { name: "beta", product_prn: product }),
    devices: device,
    device_certificates: await made("/device_certificates", { device_prn: device, certificate: chains.issue("sn1") }),
    ca_certificates: await made("/ca_certificates", { certificate: authority, verification_certificate: proof }),
    webhooks: webhook,
    deltas: await makeDelta(binary),
    content_stores: store,
    content_moves: await made("/content_moves", { from: store, to: "server" }),
    webhook_deliveries: delivery as string,
  };
}

/** Written past the server, which would need two signed versions of one artifact. */
async function makeDelta(binary: string): Promise<string> {
  const [, , organization, , binaryId] = binary.split(":");
  const [id, at] = [randomUUID(), "2026-01-01T00:00:00.000000Z"];
  change(
    server,
    `insert into deltas (organization_id, id, inserted_at, updated_at, from_binary_id, to_binary_id, algorithm, state,
      next_try_at) values (?, ?, ?, ?, ?, ?, 'zstd', 'failed', ?)`,
    ...[organization!, id, at, at, binaryId!, binaryId!, at],
  );
  return `prn:1:${organization}:delta:${id}`;
}

async function makeReleases(): Promise<Record<string, string>> {
  const rows = await channelRows(server, admin);
  const cohort = rows.cohort();
  const device = rows.device(cohort);
  const { bundle } = await rows.bundle();
  const body = {
    bundle_prn: bundle,
    cohort_prn: cohort,
    name: "r",
    required: false,
    schedule_date: "2026-01-01T00:00:00Z",
  };
  const { release } = (await admin("POST", "/releases", { ...body, phase_value: 1 })).body;
  return { releases: release.prn, release_claims: rows.claim(release.prn, device) };
}

const rows = Object.entries(permissions as Record<string, Access>).map(([route, access]) => {
  const [method, path] = route.split(" ") as [string, string];
  const operation = allOperations.find((known) => known.method === method && known.path === path);
  return { route, method, path, access, operation };
});
type Row = (typeof rows)[number];

/** The path with something in place of its parameters. */
function pathOf({ path, operation }: Row, prn: string): string {
  const values: Record<string, string> = { prn, index: "1" };
  // A stream doesn't end by itself: one is asked for that can't begin.
  const query = operation?.mediaType === "text/event-stream" ? "?last_event_id=x" : "";
  return path.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? "x").replace("*", "") + query;
}

/** A body that is good for most; where it isn't, the answer is still neither 401 nor 403. */
const harmless = {
  ...{ hash: sha256(Buffer.from("x")), size: 1, role: "viewer", device_prn: "x" },
  ...{ until: "2076-01-01T00:00:00Z", reason: "x", action: "archive", keep_last: 1 },
};

function ask(call: Api, { method, operation }: Pick<Row, "method" | "operation">, path: string): Promise<Answer> {
  const json = operation?.body !== undefined;
  const body = json ? harmless : method === "PUT" ? "x" : undefined;
  const headers = json || body === undefined ? {} : { "content-type": "application/octet-stream" };
  return call(method, path, body, headers as Record<string, string>);
}

/** Of the kind that the path names, in the caller's organization, but there is none. */
function missing(row: Row, owner: string): string {
  const type = row.path.split("/")[1]!;
  const like = things[type] ?? `${owner}:binary:${randomUUID()}`;
  return type === "organizations"
    ? `prn:1:${randomUUID()}`
    : like.replace(/^prn:1:[^:]+/, owner).replace(/[0-9a-f-]{36}$/, randomUUID());
}

describe("the permissions table", () => {
  it("has every operation of the contract, and each exactly once", () => {
    const routes = allOperations.map(({ method, path }: Operation) => `${method} ${path}`);
    expect(routes.filter((route) => !(route in permissions))).toEqual([]);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it("has no row that the server doesn't serve", async () => {
    for (const row of rows) {
      const answer = await ask(admin, row, pathOf(row, missing(row, things.organizations!)));
      const detail = String(answer.body?.errors?.detail ?? "");
      expect(answer.status, row.route).not.toBe(405);
      expect(detail, row.route).not.toContain("there is nothing at");
    }
  });

  it("knows a thing of each kind that a path names", () => {
    const kinds = rows.filter(({ path }) => path.includes(":prn")).map(({ path }) => path.split("/")[1]!);
    expect([...new Set(kinds)].filter((kind) => !(kind in things))).toEqual([]);
  });
});

describe("nobody, without a key,", () => {
  it.each(rows)("$route ($access)", async (row) => {
    for (const headers of [{}, { authorization: "Bearer per_unknown" }, { authorization: "Basic eDp5" }]) {
      const path = pathOf(row, missing(row, things.organizations!));
      const answer = await fetch(server.url + path, { method: row.method, headers, redirect: "manual" });
      await answer.body?.cancel();
      if (row.access === "public") expect([401, 403], row.route).not.toContain(answer.status);
      else expect(answer.status, row.route).toBe(row.access === "link" ? 403 : 401);
    }
  });
});

/** It ends the session that asks, so it is asked last. */
const signOut = "POST /users/sign_out";
const asked = rows.filter(({ access, route }) => access !== "public" && access !== "link" && route !== signOut);

describe("each caller, in the own organization,", () => {
  it.each(asked)("$route ($access)", async (row) => {
    for (const caller of insiders) {
      const answer = await ask(caller.call, row, pathOf(row, missing(row, things.organizations!)));
      const about = `${caller.name}: ${row.route}`;
      if (mayCall(caller, row.access)) expect([401, 403], about).not.toContain(answer.status);
      else {
        expect(answer.status, about).toBe(403);
        expect(answer.body.errors.code, about).toBe("forbidden");
      }
    }
  });

  const readable = asked.filter(({ method, path }) => method === "GET" && /^\/\w+\/:prn$/.test(path));

  it.each(readable)("sees the thing itself by $route exactly when allowed", async (row) => {
    const prn = things[row.path.split("/")[1]!]!;
    for (const caller of insiders) {
      const answer = await ask(caller.call, row, pathOf(row, prn));
      expect(answer.status, caller.name).toBe(mayCall(caller, row.access) ? 200 : 403);
    }
  });
});

describe("each caller, in another organization,", () => {
  const named = asked.filter(({ path }) => path.includes(":prn"));

  it.each(named)("$route is as good as missing, or forbidden", async (row) => {
    const type = row.path.split("/")[1]!;
    const victim = things[type]!;
    const before = (await admin("GET", `/${type}/${victim}`)).body;
    for (const caller of outsiders) {
      const answer = await ask(caller.call, row, pathOf(row, victim));
      const about = `${caller.name}: ${row.route}`;
      if (!mayCall(caller, row.access)) {
        expect(answer.status, about).toBe(403);
        continue;
      }
      const noun = type.replace(/ies$/, "y").replace(/s$/, "").replaceAll("_", " ");
      expect(answer.status, about).toBe(404);
      expect(answer.body.errors.detail, about).toBe(`there is no ${noun} '${victim}' in this organization`);
    }
    expect((await admin("GET", `/${type}/${victim}`)).body).toEqual(before);
  });

  // What a stream shows to whom, `event-stream.test.ts` asks.
  const lists = asked.filter(
    ({ method, path, operation }) => method === "GET" && !path.includes(":") && !operation?.mediaType,
  );

  it.each(lists)("$route shows nothing of it", async (row) => {
    for (const caller of outsiders) {
      const { status, body } = await ask(
        caller.call,
        row,
        `${row.path}?limit=100`.replace("/usage?limit=100", "/usage"),
      );
      expect(status, caller.name).toBe(mayCall(caller, row.access) ? 200 : 403);
      expect(JSON.stringify(body), caller.name).not.toContain(things.organizations);
    }
  });
});

it("only a person can sign out", async () => {
  for (const caller of insiders) {
    expect((await caller.call("POST", "/users/sign_out")).status, caller.name).toBe(caller.person ? 204 : 403);
  }
});
