import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { channelRows, type Rows } from "./support/channel-rows.ts";
import { officialClient } from "./support/official-client.ts";
import { addOrganization } from "./support/organization.ts";
import { peridioOf } from "./support/peridio.ts";
import { change, query } from "./support/query.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";
import { shapeProblems } from "./support/shape.ts";

let server: TestServer;
let api: Api;
let rows: Rows;
/** A bundle that every release may have; nothing happens to it. */
let bundle: string;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  rows = await channelRows(server, api);
  bundle = (await rows.bundle()).bundle;
});
afterAll(() => server.stop());

/** A body that the official SDK parses in its own tests. */
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));

const past = "2026-01-01T00:00:00Z";
const ahead = "2999-01-01T00:00:00Z";

function create(cohort: string, fields: object = {}): Promise<Answer> {
  const body = { bundle_prn: bundle, cohort_prn: cohort, name: "r", required: false, schedule_date: past };
  return api("POST", "/releases", { ...body, phase_value: 1, ...fields });
}

async function created(cohort: string, fields: object = {}): Promise<string> {
  const answer = await create(cohort, fields);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.release.prn;
}

const get = async (prn: string) => (await api("GET", `/releases/${prn}`)).body.release;
const patch = (prn: string, body: object) => api("PATCH", `/releases/${prn}`, body);
const idOf = (prn: string) => prn.split(":").at(-1)!;

describe("a release", () => {
  it("has every field of the official answer, and takes what the official clients send", async () => {
    const official = officialClient({ base: server.url });
    const cohort = rows.cohort();
    const first = await created(cohort);
    const last = await created(cohort);
    // As `binaries create --cohort-prn` and `releases create` send them: nulls, nine digits, no mode.
    const answer = await official("POST", "/releases", {
      ...{ bundle_prn: bundle, cohort_prn: cohort, name: "firmware@1.0.0/arm", description: "words", required: true },
      ...{ phase_value: 1.0, schedule_date: "2026-01-31T00:00:00.123456789Z", version: "2.0.0" },
      ...{ version_requirement: "~> 1.0", next_release_prn: last, previous_release_prn: first },
    });
    expect(answer.status).toBe(201);
    expect(shapeProblems(answer.body, fixture("releases-create-201"))).toEqual([]);
    expect(answer.body.release).toMatchObject({
      ...{ bundle_prn: bundle, cohort_prn: cohort, name: "firmware@1.0.0/arm", description: "words", required: true },
      ...{ disabled: false, schedule_date: "2026-01-31T00:00:00.123456Z", schedule_complete: true },
      ...{ phase_mode: "numeric", phase_value: 1, phase_tags: null, phase_type: "percent" },
      ...{ version: "2.0.0", version_requirement: "~> 1.0", next_release_prn: last, previous_release_prn: first },
      ...{ failure_share: null, failure_minimum: 1, paused_at: null, halted_at: null },
    });
    const { prn } = answer.body.release;
    expect(shapeProblems((await official("GET", `/releases/${prn}`)).body, fixture("releases-get-200"))).toEqual([]);
    const updated = await official("PATCH", `/releases/${prn}`, { prn, name: "n", description: null });
    expect(updated.status).toBe(200);
    // A share that isn't whole is for the newest alone.
    const { release } = fixture("releases-update-200");
    expect(shapeProblems(updated.body, { release: { ...release, phase_value: 1 } })).toEqual([]);
    expect(updated.body.release).toMatchObject({ name: "n", description: null });
  });

  it("takes its requirement with an underscore or a hyphen, and null on a change clears it", async () => {
    const prn = await created(rows.cohort(), { "version-requirement": "~> 1.0" });
    expect((await get(prn)).version_requirement).toBe("~> 1.0");
    await patch(prn, { "version-requirement": "~> 2.0", version_requirement: "~> 2.0", version: "2.0.0" });
    expect(await get(prn)).toMatchObject({ version_requirement: "~> 2.0", version: "2.0.0" });
    await patch(prn, { version_requirement: null, version: null });
    expect(await get(prn)).toMatchObject({ version_requirement: null, version: null });
  });

  it("is complete in its schedule once the time has passed", async () => {
    const soon = new Date(Date.now() + 400).toISOString();
    const prn = await created(rows.cohort(), { schedule_date: soon });
    await expect.poll(async () => (await get(prn)).schedule_complete, { timeout: 20_000 }).toBe(true);
    const later = await created(rows.cohort(), { schedule_date: ahead });
    expect((await get(later)).schedule_complete).toBe(false);
  });

  it("can be searched and listed by what the official document says", async () => {
    const cohort = rows.cohort();
    const first = await created(cohort, { name: "Alpha", version: "1.0.0-RC.1" });
    const second = await created(cohort, { name: "Beta", description: "words", version_requirement: "~> 1.0" });
    for (const [search, found] of [
      [`cohort_prn:'${cohort}'`, [second, first]],
      [`next_release_prn:'${second}'`, [first]],
      [`cohort_prn:'${cohort}' and name~'lph'`, [first]],
      [`cohort_prn:'${cohort}' and version-'rc'`, [first]],
      [`cohort_prn:'${cohort}' and version_requirement-'> 1'`, [second]],
      [`cohort_prn:'${cohort}' and bundle_prn:'${bundle}' and description~'wor'`, [second]],
      [`deleted_at>'2000-01-01T00:00:00Z'`, []],
    ] as const) {
      const { body } = await api("GET", `/releases?search=${encodeURIComponent(search)}`);
      expect(
        body.releases.map(({ prn }: { prn: string }) => prn),
        search,
      ).toEqual(found);
    }
  });

  it("tells events of what happened to it, and the trail who did it", async () => {
    const prn = await created(rows.cohort(), { phase_value: 0.5 });
    await patch(prn, { phase_value: 0.75 });
    for (const word of ["pause", "pause", "resume", "resume"]) await api("POST", `/releases/${prn}/${word}`);
    await api("DELETE", `/releases/${prn}`);
    const { events } = (await api("GET", `/events?resource_prn=${prn}&order=asc&limit=100`)).body;
    const subtypes = ["created", "updated", "paused", "resumed", "deleted"];
    expect(events.map((event: { event_subtype: string }) => event.event_subtype)).toEqual(subtypes);
    expect(events[0].data).toEqual({
      type: "created",
      data: {
        release: { prn, name: "r", version: null },
        ...{ cohort_prn: expect.stringMatching(/:cohort:/), bundle_prn: bundle },
      },
    });
    const search = encodeURIComponent(`resource_prn:'${prn}' and subtype:'updated'`);
    const { audit_logs } = (await api("GET", `/audit_logs?search=${search}`)).body;
    expect(audit_logs[0]).toMatchObject({ before: { phase_value: 0.5 }, after: { phase_value: 0.75 } });
  });
});

describe("a channel", () => {
  /** PRNs from this release to the newest. */
  async function path(from: string): Promise<string[]> {
    const { next_release_prn: next } = await get(from);
    return next === null ? [from] : [from, ...(await path(next))];
  }

  it("grows at its end, before a release, and between two", async () => {
    const cohort = rows.cohort();
    const a = await created(cohort);
    const d = await created(cohort);
    const c = await created(cohort, { next_release_prn: d });
    expect(await path(a)).toEqual([a, d]);
    expect(await path(c)).toEqual([c, d]);
    const b = await created(cohort, { previous_release_prn: a, next_release_prn: d });
    expect(await path(a)).toEqual([a, b, d]);
    expect((await patch(b, { next_release_prn: c })).status).toBe(200);
    expect(await path(a)).toEqual([a, b, c, d]);
    expect((await get(d)).previous_release_prn).toBe(c);
  });

  it("closes when a release is deleted, also the newest with several before it", async () => {
    const cohort = rows.cohort();
    const a = await created(cohort);
    const c = await created(cohort);
    const b = await created(cohort, { next_release_prn: c });
    expect((await api("DELETE", `/releases/${c}`)).status).toBe(204);
    expect(await path(a)).toEqual([a, b]);
    expect((await api("DELETE", `/releases/${a}`)).status).toBe(204);
    expect((await api("DELETE", `/releases/${b}`)).status).toBe(204);
    expect((await api("GET", `/releases/${b}`)).status).toBe(404);
  });

  it.each([
    ["phase_value", { phase_value: 0.5 }, "phased (phase_value 0.5); set phase_value to 1"],
    [
      "phase_mode",
      { phase_value: null, phase_mode: "tags", phase_tags: ["beta"] },
      "phased by tags; set phase_mode to numeric and phase_value to 1",
    ],
    ["schedule_date", { schedule_date: ahead }, "scheduled for 2999-01-01T00:00:00.000000Z; set schedule_date to now"],
  ])("takes nothing newer while the newest is held by its %s, and says what to do", async (name, fields, words) => {
    const cohort = rows.cohort();
    const first = await created(cohort);
    const newest = await created(cohort, fields);
    const cure = `${words} there first, or name it here to insert the new release before it`;
    expectRefusal(
      await create(cohort),
      field("next_release_prn", `is needed: the newest release '${newest}' is ${cure}`),
    );
    expect((await create(cohort, { next_release_prn: newest, previous_release_prn: first })).status).toBe(201);
    const only = "only the newest release of a cohort may be phased or scheduled, and this one would be";
    expectRefusal(await create(cohort, { next_release_prn: newest, ...fields }), field(name, `${only} ${words}`));
  });

  it("holds back no release but the newest, neither a new one nor one that is there", async () => {
    const cohort = rows.cohort();
    const [first] = [await created(cohort), await created(cohort)];
    const words = "only the newest release of a cohort may be phased or scheduled, and this one would be";
    const when = "scheduled for 2999-01-01T00:00:00.000000Z; set schedule_date to now";
    expectRefusal(await patch(first, { schedule_date: ahead }), field("schedule_date", `${words} ${when}`));
  });

  it("refuses what would break it", async () => {
    const cohort = rows.cohort();
    const [a, b, c] = [await created(cohort), await created(cohort), await created(cohort)];
    const elsewhere = rows.cohort();
    const foreign = await created(elsewhere);
    const alone = "can't be given alone: give next_release_prn too, or neither to make the newest release";
    expectRefusal(await create(cohort, { previous_release_prn: a }), field("previous_release_prn", alone));
    const cases: [object, string, string][] = [
      [
        { next_release_prn: c, previous_release_prn: a },
        "previous_release_prn",
        `must be a release whose next one is next_release_prn; its next one is '${b}'`,
      ],
      [
        { next_release_prn: a, previous_release_prn: c },
        "previous_release_prn",
        "must be a release whose next one is next_release_prn; it is the newest and has none",
      ],
      [
        { next_release_prn: foreign },
        "next_release_prn",
        `must be a release of the same cohort; this one is of '${elsewhere}'`,
      ],
      [
        { next_release_prn: c, previous_release_prn: foreign },
        "previous_release_prn",
        `must be a release of the same cohort; this one is of '${elsewhere}'`,
      ],
    ];
    for (const [fields, name, words] of cases) expectRefusal(await create(cohort, fields), field(name, words));
    const circle = (prn: string) => field("next_release_prn", `must not lead back to this release; '${prn}' does`);
    expectRefusal(await patch(a, { next_release_prn: a }), circle(a));
    expectRefusal(await patch(c, { next_release_prn: a }), circle(a));
    expectRefusal(await patch(a, { next_release_prn: foreign }), field("next_release_prn", cases[2]![2]));
    expectRefusal(
      await patch(a, { next_release_prn: null }),
      field("next_release_prn", `must name a release: a cohort has one newest, which is '${c}'; got null`),
    );
    expect((await patch(c, { next_release_prn: null })).status).toBe(200);
    expect(await path(a)).toEqual([a, b, c]);
  });
});

describe("a release is refused with", () => {
  const share = "must be a share from 0 to 1, such as 0.25, or a whole number of devices from 2";
  const needs = "must be a requirement such as '== 1.0.0', '~> 1.2' or '>= 1.0.0 and < 2.0.0'";
  it.each<[string, object, ReturnType<typeof field>]>([
    ["a phase between 1 and 2", { phase_value: 1.5 }, field("phase_value", `${share}; got 1.5`)],
    ["a part of a device", { phase_value: 2.5 }, field("phase_value", `${share}; got 2.5`)],
    ["a negative phase", { phase_value: -0.1 }, field("phase_value", "must be at least 0; got -0.1")],
    ["a phase too large", { phase_value: 1e10 }, field("phase_value", "must be at most 1000000000; got 10000000000")],
    [
      "no phase",
      { phase_value: null },
      field(
        "phase_value",
        "is required with phase_mode 'numeric': a share from 0 to 1 or a whole number of devices from 2",
      ),
    ],
    [
      "no tags",
      { phase_mode: "tags", phase_tags: [] },
      field("phase_tags", "must name at least one tag with phase_mode 'tags'"),
    ],
    ["an unknown mode", { phase_mode: "x" }, field("phase_mode", "must be one of numeric, tags; got 'x'")],
    [
      "half a version",
      { version: "1.0" },
      field("version", "must be a version such as 1.2.3 or 1.2.3-rc.1; got '1.0'"),
    ],
    ["a requirement of npm", { version_requirement: "^1.0.0" }, field("version_requirement", `${needs}; got '^1.0.0'`)],
    [
      "the fixtures' requirement",
      { "version-requirement": "= 1.0.0" },
      field("version-requirement", `${needs}; got '= 1.0.0'`),
    ],
    [
      "two requirements",
      { version_requirement: "~> 1.0", "version-requirement": "~> 2.0" },
      field("version-requirement", "must be left out, or repeat version_requirement; got '~> 2.0'"),
    ],
    [
      "a day that isn't",
      { schedule_date: "2026-02-30T00:00:00Z" },
      field("schedule_date", "must be a time that exists; got '2026-02-30T00:00:00Z'"),
    ],
    [
      "no time",
      { schedule_date: "now" },
      field("schedule_date", "must be an RFC 3339 time such as 2026-01-31T00:00:00Z; got 'now'"),
    ],
    ["a share of failures of 0", { failure_share: 0 }, field("failure_share", "must be > 0; got 0")],
    ["no name", { name: undefined }, field("name", "is required")],
    ["no word on whether it is required", { required: undefined }, field("required", "is required")],
  ])("%s", async (_, fields, expected) => {
    expectRefusal(await create(rows.cohort(), fields), expected);
  });

  it("a bundle, cohort or neighbour of another organization", async () => {
    const cohort = rows.cohort();
    const stranger = (type: string) => `prn:1:0190b1c2-7d3e-7f00-8000-000000000009:${type}:${idOf(cohort)}`;
    for (const [name, type] of [
      ["bundle_prn", "bundle"],
      ["cohort_prn", "cohort"],
      ["next_release_prn", "release"],
    ] as const) {
      const detail = `there is no ${type} '${stranger(type)}' in this organization`;
      expectRefusal(await create(cohort, { [name]: stranger(type) }), refusal(404, "not_found", detail));
    }
  });

  it("a change of what everybody may have already", async () => {
    const prn = await created(rows.cohort(), { phase_value: 0.5 });
    expect((await patch(prn, { phase_value: 1 })).status).toBe(200);
    const words = "can't change any more: a phase_value of 1 is final; pause or disable the release, or make a new one";
    expectRefusal(await patch(prn, { phase_value: 0.5 }), field("phase_value", `${words}; got 0.5`));
    expectRefusal(await patch(prn, { phase_value: null }), field("phase_value", `${words}; got null`));
    expectRefusal(
      await patch(prn, { phase_mode: "tags", phase_tags: ["x"] }),
      field("phase_mode", `${words}; got 'tags'`),
    );
    expect((await patch(prn, { phase_value: 1, disabled: true })).status).toBe(200);
  });
});

describe("what a device should run, asked by an admin,", () => {
  const ask = (device: string, body: object) => api("POST", `/devices/${device}/update`, body);
  const none = { status: "no_update", source_type: null, source_prn: null, bundle_prn: null, manifest: null };

  it("comes in both spellings, with links that work, and claims nothing", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort);
    const content = randomBytes(50);
    const { bundle, binary, key } = await rows.bundle(content);
    const first = await created(cohort);
    const second = await created(cohort, { bundle_prn: bundle, phase_value: 0.5 });
    const { status, body } = await ask(device, { prn: device, release_prn: first, write: false });
    expect(status).toBe(200);
    expect(shapeProblems(body, fixture("devices-get-update-200"))).toEqual([]);
    const { signatures } = (await api("GET", `/binaries/${binary}`)).body.binary;
    const { artifact_version_prn } = (await api("GET", `/binaries/${binary}`)).body.binary;
    const { artifact_prn } = (await api("GET", `/artifact_versions/${artifact_version_prn}`)).body.artifact_version;
    expect(body).toEqual({
      ...{ status: "update", source_type: "release", source_prn: second, bundle_prn: bundle },
      manifest: [
        {
          ...{ prn: binary, binary_prn: binary, artifact_prn, artifact: artifact_prn },
          ...{ artifact_version_prn, artifact_version: artifact_version_prn },
          ...{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), size: 50, target: "portable" },
          custom_metadata: { install: "flash" },
          signatures: [{ signing_key_prn: key, keyid: signatures[0].keyid, signature: signatures[0].signature }],
          url: expect.stringMatching(/^http/),
        },
      ],
    });
    const download = await fetch(body.manifest[0].url);
    expect(Buffer.from(await download.arrayBuffer()).equals(content)).toBe(true);
    expect((await api("GET", "/release_claims")).body.release_claims).toEqual([]);
    expect((await get(second)).phase_value).toBe(0.5);
    expect(await ask(device, { release_prn: second })).toMatchObject({ status: 200, body: none });
  });

  it("has no size above 32 bits, which the official SDK can't read", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort);
    const { bundle, binary } = await rows.bundle();
    const [first] = [await created(cohort), await created(cohort, { bundle_prn: bundle })];
    const size = async (bytes: number) => {
      change(server, "update binaries set size = ? where id = ?", bytes, idOf(binary));
      return (await ask(device, { release_prn: first })).body.manifest[0].size;
    };
    expect(await size(2 ** 32 - 1)).toBe(2 ** 32 - 1);
    expect(await size(2 ** 32)).toBeNull();
  });

  it("is nothing once a binary is destroyed, a moment later already", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort);
    const { bundle, binary } = await rows.bundle();
    const [first, second] = [await created(cohort), await created(cohort, { bundle_prn: bundle })];
    expect((await ask(device, { release_prn: first })).body.status).toBe("update");
    expect((await api("GET", `/releases/${second}/rollout`)).body.rollout.withheld).toBeNull();
    await api("POST", `/binaries/${binary}/destroy`);
    expect((await ask(device, { release_prn: first })).body).toEqual(none);
    const { rollout } = (await api("GET", `/releases/${second}/rollout`)).body;
    expect(rollout.withheld).toBe(`the binary '${binary}' is destroyed`);
  });

  it("is nothing once the only key that signed a binary is revoked", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort);
    const { bundle, binary, key } = await rows.bundle();
    const [first, second] = [await created(cohort), await created(cohort, { bundle_prn: bundle })];
    expect((await api("PATCH", `/signing_keys/${key}`, { revoked: true })).status).toBe(200);
    expect((await ask(device, { release_prn: first })).body).toEqual(none);
    const { rollout } = (await api("GET", `/releases/${second}/rollout`)).body;
    expect(rollout.withheld).toBe(
      `the binary '${binary}' has fewer signatures by keys that aren't revoked than it needs`,
    );
  });

  it("falls through what can't be read, but something must be said", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort);
    const newest = await created(cohort, { version: "2.0.0", version_requirement: "~> 1.0" });
    const said = { release_prn: "nonsense", bundle_prn: `${rows.organization}:bundle:x`, release_version: "1.5.0" };
    expect((await ask(device, said)).body.source_prn).toBe(newest);
    expect((await ask(device, { release_version: "v1" })).body).toEqual(none);
    expectRefusal(
      await ask(device, { write: true }),
      field("release_prn", "is needed, or bundle_prn or release_version in its place"),
    );
  });

  it("says that a device is in quarantine", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort, { quarantined: 1 });
    const release = await created(cohort);
    const answer = await ask(device, { release_prn: release });
    expect(answer.body).toEqual({ ...none, status: "device_quarantine" });
  });

  it("with `write` keeps what was said in the place of all that was said before", async () => {
    const cohort = rows.cohort();
    const device = rows.device(cohort, { reported_bundle_prn: "old" });
    const release = await created(cohort, { version: "2.0.0" });
    const kept = () =>
      query(
        server,
        "select reported_release_prn as release, reported_bundle_prn as bundle, reported_release_version as version from devices where id = ?",
        idOf(device),
      );
    await ask(device, { release_prn: release, release_version: "2.0.0" });
    expect(kept()).toEqual([{ release: null, bundle: "old", version: null }]);
    for (let twice = 0; twice < 2; twice++) {
      await ask(device, { release_prn: release, release_version: "2.0.0", write: true });
    }
    expect(kept()).toEqual([{ release, bundle: null, version: "2.0.0" }]);
    const { events } = (await api("GET", `/events?resource_prn=${device}`)).body;
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      ...{ type: "device", event_subtype: "release_changed" },
      data: {
        data: {
          device: { prn: device, cohort: { cohort_prn: cohort } },
          from_release: null,
          to_release: { prn: release, version: "2.0.0", known: true },
          from_bundle: { prn: "old" },
          to_bundle: null,
        },
      },
    });
  });
});

describe("the command line", () => {
  it("makes, shows, changes, pauses and deletes releases, and shows claims", async () => {
    const peridio = peridioOf(server);
    const json = async (...words: string[]) => {
      const { code, stdout, stderr } = await peridio(...words);
      expect([stderr, code]).toEqual(["", 0]);
      return stdout === "" ? null : JSON.parse(stdout);
    };
    const cohort = rows.cohort();
    const device = rows.device(cohort);
    const place = ["--bundle-prn", bundle, "--cohort-prn", cohort, "--schedule-date", past];
    const preview = ["releases", "preview", ...place, "--phase-value", "1"];
    expect((await json(...preview)).preview).toMatchObject({
      ...{ from: expect.any(String), cohort_devices: 1, examined: 1, limit: null, eligible: 0, withheld: null },
      ...{ outcomes: { unplaced: 1, gets: 0 }, devices: [{ prn: device, outcome: "unplaced" }] },
    });
    const first = await json("releases", "create", ...place, "--name", "1", "--phase-value", "1", "--required");
    expect(first.release).toMatchObject({ required: true, phase_value: 1, phase_mode: "numeric", version: null });
    const last = await json(
      ...["releases", "create", ...place, "--name", "3", "--phase-tags", "beta,gamma", "--phase-tags", "x"],
      ...["--version", "3.0.0", "--version-requirement", "~> 1.0", "--failure-share", "0.1", "--failure-minimum", "5"],
    );
    expect(last.release).toMatchObject({
      ...{ phase_mode: "tags", phase_tags: ["beta", "gamma", "x"], phase_value: null, phase_type: null },
      ...{ version: "3.0.0", version_requirement: "~> 1.0", failure_share: 0.1, failure_minimum: 5 },
    });
    const between = ["--next-release-prn", last.release.prn, "--previous-release-prn", first.release.prn];
    const second = await json("releases", "create", ...place, "--name", "2", "--phase-value", "1", ...between);
    const list = await json("releases", "list", "--cohort-prn", cohort, "--order", "asc");
    expect(list.releases.map(({ name }: { name: string }) => name)).toEqual(["1", "3", "2"]);
    const { prn } = last.release;
    const changes = ["--phase-mode", "numeric", "--phase-value", "2", "--disabled", "false", "--required", "true"];
    expect((await json("releases", "update", "--prn", prn, ...changes)).release).toMatchObject({
      ...{ phase_mode: "numeric", phase_value: 2, phase_type: "static", required: true },
    });
    expect((await json("releases", "pause", "--prn", prn)).release.paused_at).not.toBeNull();
    expect((await json("releases", "rollout", "--prn", prn)).rollout).toMatchObject({
      ...{ state: "paused", cohort_devices: 1, eligible: 1, claimed: 0, done: 0, failed: 0, withheld: null },
    });
    expect((await json("releases", "resume", "--prn", prn)).release.paused_at).toBeNull();

    const claimPrn = rows.claim(prn, device);
    expect((await json("release-claims", "get", "--prn", claimPrn)).release_claim).toMatchObject({
      ...{ prn: claimPrn, release_prn: prn, device_prn: device, state: "done", detail: null },
    });
    const ofRelease = await json("release-claims", "list", "--release-prn", prn, "--state", "done");
    expect(ofRelease.release_claims).toHaveLength(1);
    expect((await json("release-claims", "list", "--device-prn", device, "--state", "failed")).release_claims).toEqual(
      [],
    );
    const watched = await peridio("releases", "rollout", "--prn", prn, "--watch", "--output", "table");
    expect(watched).toEqual({ code: 0, stderr: "", stdout: "active: 1 of 1 done\n" });

    expect(await json("releases", "delete", "--prn", second.release.prn)).toBeNull();
    expect((await json("releases", "get", "--release-prn", first.release.prn)).release.next_release_prn).toBe(prn);
  });

  it("says what is missing", async () => {
    const peridio = peridioOf(server);
    const place = ["--bundle-prn", bundle, "--cohort-prn", rows.cohort(), "--schedule-date", past, "--name", "n"];
    for (const [words, said] of [
      [["--name", "n"], "--bundle-prn is needed"],
      [place, "either --phase-value or --phase-tags is needed"],
      [[...place, "--phase-value", "1", "--phase-tags", "x"], "either --phase-value or --phase-tags is needed"],
      [[...place, "--phase-value", "half"], "--phase-value must be a number, such as 0.25; got 'half'"],
      [[...place, "--phase-value", "1", "--disabled", "yes"], "--disabled must be true or false; got 'yes'"],
    ] as const) {
      expect(await peridio("releases", "create", ...words)).toEqual({
        code: 2,
        stdout: "",
        stderr: `peridio: ${said}\n`,
      });
    }
  });
});

it("nobody sees another organization's releases, or decides for its devices", async () => {
  const strangers = callApi(server.url, (await addOrganization(server, "Strangers")).key);
  const cohort = rows.cohort();
  const device = rows.device(cohort);
  const prn = await created(cohort);
  expect((await strangers("GET", "/releases")).body.releases).toEqual([]);
  for (const [method, path, body] of [
    ["GET", `/releases/${prn}`],
    ["GET", `/releases/${prn}/rollout`],
    ["PATCH", `/releases/${prn}`, { name: "theirs" }],
    ["POST", "/releases/preview", { bundle_prn: bundle, cohort_prn: cohort, phase_value: 1 }],
    ["POST", `/releases/${prn}/pause`],
    ["DELETE", `/releases/${prn}`],
    ["POST", `/devices/${device}/update`, { release_prn: prn, write: true }],
  ] as const) {
    expect((await strangers(method, path, body)).status, `${method} ${path}`).toBe(404);
  }
  expect(await get(prn)).toMatchObject({ name: "r", paused_at: null });
});
