import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Api, callApi, makeBinary } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type Peridio, peridioOf } from "./support/peridio.ts";
import { until } from "./support/until.ts";

describe("peridio events follow", () => {
  let server: TestServer;
  let api: Api;
  let peridio: Peridio;

  beforeAll(async () => {
    server = await startTestServer();
    api = callApi(server.url);
    peridio = peridioOf(server);
  });
  afterAll(() => server.stop());

  const create = () => makeBinary(api, randomBytes(10));
  const all = async () => (await api("GET", "/events?limit=100&order=asc")).body.events;

  function follow(...words: string[]) {
    const { child, ended } = peridio.start("events", "follow", ...words);
    onTestFinished(() => void child.kill("SIGKILL"));
    let text = "";
    child.stdout!.setEncoding("utf8").on("data", (some: string) => {
      text += some;
    });
    const lines = () => text.split("\n").slice(0, -1);
    return {
      lines,
      async interrupt() {
        child.kill("SIGINT");
        return ended;
      },
    };
  }

  it("prints each event once and in order, also across a crash of the server", async () => {
    const following = follow("--from-the-first");
    await create();
    await until("the first", async () => following.lines().length === (await all()).length);
    await server.kill();
    await server.start();
    await create();
    await create();
    const events = await all();
    await until("all", () => following.lines().length >= events.length);
    expect(following.lines().map((line) => JSON.parse(line))).toEqual(events);
    const { code, stderr } = await following.interrupt();
    expect(code).toBe(130);
    expect(stderr).toContain(`go on behind the last event with --after ${events.at(-1).prn}`);
  });

  it("goes on behind an event that is known, with those of a name or a resource alone", async () => {
    const before = (await all()).at(-1).prn;
    const prn = await create();
    await api("DELETE", `/binaries/${prn}`);
    const known = ["--after", before];
    const everything = follow(...known, "--output", "prn");
    const deletions = follow(...known, "--type", "binary.deleted", "--output", "table");
    const ofOne = follow(...known, "--resource-prn", prn);
    await until(
      "all",
      () => everything.lines().length >= 2 && deletions.lines().length === 1 && ofOne.lines().length === 2,
    );
    expect(everything.lines()).toEqual(
      (await all()).slice(-everything.lines().length).map((event: { prn: string }) => event.prn),
    );
    expect(deletions.lines()[0]).toMatch(new RegExp(`^\\S+  binary\\.deleted  ${prn}$`));
    for (const following of [everything, deletions, ofOne]) await following.interrupt();
  });

  it("ends when the server refuses, and says why", async () => {
    const refused = await peridio("--api-key", "nonsense", "events", "follow");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/key/);
    const wrong = await peridio("events", "follow", "--after", "x");
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("--after must look like") });
  });
});
