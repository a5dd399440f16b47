import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import type { Backend } from "./support/backend.ts";
import { makeRandom } from "./support/random.ts";
import { signableBinary } from "./support/signed.ts";
import { contradictions, leftovers } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* Content is there exactly as long as some record needs it, whatever is archived, held, destroyed or retained in between. */

const steps = process.env.E2E_FULL === "1" ? 600 : 120;
const farAhead = "2060-01-01T00:00:00Z";

/** What the model knows of a binary that isn't deleted; oldest first in their list. */
interface Known {
  prn: string;
  content: Uint8Array;
  destroyed: boolean;
  archived: boolean;
  held: boolean;
}

describe.each<Backend>(["sqlite+files", "postgres+files"])("on %s", (backend) => {
  let server: TestServer;
  let api: Api;

  beforeAll(async () => {
    server = await startTestServer({}, { backend });
    api = callApi(server.url);
  });
  afterAll(() => server.stop());

  const random = makeRandom();
  it(`random changes come to what a simple model says (E2E_SEED=${random.seed})`, async () => {
    const artifact = (await api("POST", "/artifacts", { name: randomUUID() })).body.artifact.prn as string;
    const contents = [randomBytes(5_000), randomBytes(6_000), randomBytes(7_000)];
    let all: Known[] = [];
    let versions = 0;
    const alive = () => all.filter(({ destroyed }) => !destroyed);

    async function create(): Promise<void> {
      const body = { artifact_prn: artifact, version: String(++versions) };
      const version = (await api("POST", "/artifact_versions", body)).body.artifact_version.prn;
      const content = random.pick(contents);
      const prn = await signableBinary(server, api, { artifact_version_prn: version }, content);
      all.push({ prn, content, destroyed: false, archived: false, held: false });
    }

    /** What one change is answered with; the model changes as the answer says that the server did. */
    const changes: Record<string, (known: Known) => Promise<void>> = {
      async destroy(known) {
        const { status } = await api("POST", `/binaries/${known.prn}/destroy`);
        expect(status).toBe(known.held && !known.destroyed ? 423 : 200);
        known.destroyed ||= !known.held;
      },
      async delete(known) {
        const { status } = await api("DELETE", `/binaries/${known.prn}`);
        expect(status).toBe(known.destroyed ? 409 : known.held ? 423 : 204);
        if (status === 204) all = all.filter((other) => other !== known);
      },
      async archive(known) {
        known.archived = random.pick([true, false]);
        const { status } = await api("PATCH", `/binaries/${known.prn}`, { archived: known.archived });
        expect(status).toBe(200);
      },
      async hold(known) {
        const { status } = await api("POST", `/binaries/${known.prn}/hold`, { until: farAhead, reason: "law" });
        expect(status).toBe(known.destroyed ? 409 : 200);
        known.held ||= !known.destroyed;
      },
    };

    async function retain(): Promise<void> {
      const action = random.pick(["archive", "destroy"]);
      const keep_last = random.between(3, 8);
      await api("PUT", `/artifacts/${artifact}/retention`, { action, keep_last });
      const leaving = alive()
        .slice(0, -keep_last)
        .filter(({ held, archived }) => !held && !(archived && action === "archive"));
      const plan = await api("GET", `/artifacts/${artifact}/retention/plan?limit=100&kept=false&order=asc`);
      expect(plan.body.retention_plan.map(({ prn }: Known) => prn)).toEqual(leaving.map(({ prn }) => prn));
      const run = (await api("POST", `/artifacts/${artifact}/retention/apply`)).body.retention_run;
      expect(run.archived + run.destroyed).toBe(leaving.length);
      for (const known of leaving) {
        if (action === "archive") known.archived = true;
        else known.destroyed = true;
      }
    }

    async function compare(): Promise<void> {
      for (const known of all) {
        const { state, archived, hold } = (await api("GET", `/binaries/${known.prn}`)).body.binary;
        expect([state, archived]).toEqual([known.destroyed ? "destroyed" : "signable", known.archived]);
        expect(hold !== null).toBe(known.held);
        if (known.destroyed) continue;
        const { download_url } = (await api("GET", `/binaries/${known.prn}/download_url`)).body;
        const served = new Uint8Array(await (await fetch(download_url)).arrayBuffer());
        expect(sha256(served)).toBe(sha256(known.content));
      }
      const listed = (await api("GET", "/binaries?limit=100")).body.binaries;
      const shown = alive().filter(({ archived }) => !archived);
      expect(listed.map(({ prn }: Known) => prn).sort()).toEqual(shown.map(({ prn }) => prn).sort());
      expect(contradictions(server)).toEqual([]);
    }

    for (let step = 1; step <= steps; step++) {
      const what = random.between(1, 10);
      if (all.length < 4 || what <= 4) await create();
      else if (what === 5) await retain();
      else await changes[random.pick(Object.keys(changes))]!(random.pick(all));
      if (step % 20 === 0) await compare();
    }

    // Many at once: who comes first is nobody's to say, but what is held stays.
    const held = alive().filter((known) => known.held);
    const rule = { action: "destroy", keep_last: 2 };
    await api("PUT", `/artifacts/${artifact}/retention`, rule);
    await Promise.all([
      ...alive().flatMap(({ prn }) => [
        api("POST", `/binaries/${prn}/destroy`),
        api("PATCH", `/binaries/${prn}`, { archived: true }),
      ]),
      api("POST", `/artifacts/${artifact}/retention/apply`),
      create(),
      create(),
    ]);
    for (const known of all) {
      const { state, archived } = (await api("GET", `/binaries/${known.prn}`)).body.binary;
      Object.assign(known, { destroyed: state === "destroyed", archived });
    }
    expect(held.every(({ destroyed }) => !destroyed)).toBe(true);
    await compare();
    const rest = () => leftovers(server);
    await until("what nobody needs is gone", () => rest().length === 0, 20).catch(() => expect(rest()).toEqual([]));
  });
});
