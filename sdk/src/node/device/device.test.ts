import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { DeviceOptions } from "./device.ts";
import { type Outcome, runDevice, runDeviceOnce } from "./run.ts";
import {
  itemOf,
  type KeyPair,
  makeKey,
  optionsFor,
  prn,
  type StandIn,
  startStandIn,
  updateTo,
} from "./stand-in.fixture.ts";
import { readState } from "./state.ts";
import { makeTrust, parseTrustedKeys } from "./trust.ts";

let standIn: StandIn;
let key: KeyPair;
let options: Awaited<ReturnType<typeof optionsFor>>;

beforeEach(async () => {
  standIn = await startStandIn();
  key = makeKey();
  options = await optionsFor(standIn, [key]);
});

function once(changes: Partial<DeviceOptions> = {}): Promise<Outcome> {
  return runDeviceOnce({ ...options, ...changes }, new AbortController().signal);
}

function served(bytes: Uint8Array, fields: Record<string, unknown> = {}, keys = [key]) {
  return itemOf(bytes, keys, { url: standIn.serve(bytes), ...fields });
}

function offer(version: string | null, bytes = randomBytes(1000), release: Record<string, unknown> = {}) {
  standIn.answer = updateTo(version, [served(bytes)], release);
  return bytes;
}

function current(name = "firmware"): Promise<Buffer> {
  return readFile(join(options.directory, "current", name, "binary"));
}

const lastReport = () => standIn.reports.at(-1);

describe("an update", () => {
  it("is brought, put into a slot, pointed to and reported", async () => {
    const bytes = offer("1.0.0");
    expect(await once()).toBe("updated");
    expect(await current()).toEqual(bytes);
    expect(await readlink(join(options.directory, "current"))).toBe("slots/a");
    expect(standIn.reports.map(({ state }) => state)).toEqual(["downloading", "installing", "installed"]);
    expect(existsSync(join(options.directory, "downloads"))).toBe(false);
  });

  it("is told with the next poll, by all three headers", async () => {
    offer("1.0.0");
    await once({ initialVersion: "0.9.0" });
    expect(await once({ initialVersion: "0.9.0" })).toBe("up_to_date");
    const { bundle, release } = standIn.answer as { bundle: { prn: string }; release: { prn: string } };
    expect(standIn.polls[0]).toMatchObject({ "peridio-release-version": "0.9.0" });
    expect(standIn.polls[0]).not.toHaveProperty("peridio-bundle-prn");
    expect(standIn.polls.at(-1)).toMatchObject({
      "peridio-bundle-prn": bundle.prn,
      "peridio-release-prn": release.prn,
      "peridio-release-version": "1.0.0",
    });
  });

  it("of an override is told by its bundle alone", async () => {
    offer(null);
    Object.assign(standIn.answer, { source_type: "bundle_override", release: undefined });
    await once();
    await once();
    expect(standIn.polls.at(-1)).toHaveProperty("peridio-bundle-prn");
    expect(standIn.polls.at(-1)).not.toHaveProperty("peridio-release-prn");
    expect(standIn.polls.at(-1)).not.toHaveProperty("peridio-release-version");
  });

  it("goes into the other slot, and carries over what the device has with the same metadata", async () => {
    const kept = served(randomBytes(100), { artifact: { prn: prn("artifact"), name: "kept" } });
    const changed = served(randomBytes(100), { artifact: { prn: prn("artifact"), name: "changed" } });
    standIn.answer = updateTo("1.0.0", [kept, changed]);
    await once({ installHook: 'cp "$PERIDIO_BINARY_PATH" binary; echo "$PERIDIO_ARTIFACT_NAME" >> ../../../log' });
    standIn.answer = updateTo("1.1.0", [kept, { ...changed, custom_metadata: { a: 1 } }]);
    expect(
      await once({ installHook: 'cp "$PERIDIO_METADATA_PATH" binary; echo "$PERIDIO_ARTIFACT_NAME" >> ../../../log' }),
    ).toBe("updated");
    expect(await readFile(join(options.directory, "log"), "utf8")).toBe("kept\nchanged\nchanged\n");
    expect(await readlink(join(options.directory, "current"))).toBe("slots/b");
    expect((await current("kept")).length).toBe(100);
    expect((await current("changed")).toString()).toBe('{"a":1}');
  });

  it("asks no second time for what it knows: with the tag of the last answer, and a 304 is that answer", async () => {
    let notModified = 0;
    standIn.intercept = (request, response) => {
      if (request.headers["if-none-match"] === '"t"') {
        notModified++;
        response.writeHead(304).end();
        return true;
      }
      response.setHeader("etag", '"t"');
      return false;
    };
    const stop = new AbortController();
    const running = runDevice({ ...options, pollInterval: 1 }, stop.signal).catch(() => {});
    while (notModified < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await running;
    expect(options.events.filter(({ event }) => event === "polled").length).toBeGreaterThanOrEqual(3);
  });

  it("waits as long as the server asks, when it asks", async () => {
    standIn.intercept = (_request, response) => {
      response.writeHead(503, { "retry-after": "77" }).end();
      return true;
    };
    const stop = new AbortController();
    const waits = new Promise<unknown>((resolve) => {
      options.onEvent = ({ pause }) => resolve(pause);
    });
    const running = runDevice(options, stop.signal).catch(() => {});
    expect(await waits).toBe(77_000);
    stop.abort();
    await running;
  });
});

describe("nothing is installed", () => {
  const refusals: [string, (bytes: Buffer) => Record<string, unknown> | undefined, string][] = [
    ["without a signature", () => ({ signatures: [] }), "has no signature"],
    ["that another key signed", (bytes) => ({ signatures: itemOf(bytes, [makeKey()]).signatures }), "no trusted key"],
    ["that has another size", () => ({ size: 999 }), "bytes"],
    ["that has another hash", () => ({ hash: "0".repeat(64) }), "SHA-256"],
    ["whose hash is none", () => ({ hash: "abc" }), "64 hex digits"],
    ["whose address is none", () => ({ url: "file:///etc/passwd" }), "no address"],
    ["whose name is no text", () => ({ artifact: { name: "a\0b" } }), "artifact.name"],
  ];
  it.each(refusals)("%s", async (_what, change, words) => {
    const bytes = randomBytes(1000);
    standIn.answer = updateTo("1.0.0", [{ ...served(bytes), ...change(bytes) }]);
    const outcome = await once().catch((error: Error) => error.message);
    const said = outcome === "failed" ? lastReport()?.detail : outcome;
    expect(said).toContain(words);
    expect(existsSync(join(options.directory, "current"))).toBe(false);
    expect(existsSync(join(options.directory, "slots"))).toBe(false);
  });

  it("of which one item is bad, whatever the others are", async () => {
    const good = served(randomBytes(100));
    const bad = served(randomBytes(100), {}, [makeKey()]);
    standIn.answer = updateTo("1.0.0", [good, bad]);
    expect(await once()).toBe("failed");
    expect(existsSync(join(options.directory, "slots"))).toBe(false);
  });

  it("from an empty manifest", async () => {
    standIn.answer = updateTo("1.0.0", []);
    await expect(once()).rejects.toThrow("the manifest is empty");
  });

  it("for another target", async () => {
    standIn.answer = updateTo("1.0.0", [served(randomBytes(100), { target: "x86_64" })]);
    expect(await once({ targets: ["aarch64"] })).toBe("failed");
    expect(lastReport()?.detail).toBe("nothing of it is for aarch64; it is for x86_64");
  });

  it("with fewer signatures than the threshold, also when one key signed twice", async () => {
    const other = makeKey();
    const keys = [key, other].flatMap(({ publicKey }) => parseTrustedKeys(publicKey));
    const trust = makeTrust(keys, 2);
    const bytes = randomBytes(100);
    standIn.answer = updateTo("1.0.0", [served(bytes, {}, [key, key])]);
    expect(await once({ trust })).toBe("failed");
    expect(lastReport()?.detail).toContain("1 of the trusted keys only; 2 must have signed it");
    standIn.answer = updateTo("1.0.0", [served(bytes, {}, [key, other])]);
    expect(await once({ trust })).toBe("updated");
  });

  it("twice at once from one directory", async () => {
    const stop = new AbortController();
    const first = runDevice({ ...options, pollInterval: 60_000 }, stop.signal).catch(() => {});
    while (standIn.polls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(once()).rejects.toThrow("another device runs in");
    stop.abort();
    await first;
  });
});

describe("a device that goes back", () => {
  it("runs what it ran before when the new isn't well, says why, and doesn't try it again", async () => {
    const bytes = offer("1.0.0");
    await once();
    offer("2.0.0");
    expect(await once({ healthHook: "echo it smells; exit 3" })).toBe("rolled_back");
    expect(await current()).toEqual(bytes);
    expect(lastReport()).toMatchObject({ state: "rolled_back" });
    expect(lastReport()?.detail).toContain("ended with 3: it smells");
    expect((await readState(options.directory)).running?.release_version).toBe("1.0.0");
    expect(await once()).toBe("held_off");
    expect(await once({ retryFailed: true })).toBe("updated");
  });

  it("activates the former again", async () => {
    offer("1.0.0");
    await once();
    offer("2.0.0");
    const activateHook = 'echo "$PERIDIO_ACTIVATE $(basename "$PWD")" >> "$PERIDIO_STATE_DIRECTORY/log"';
    expect(await once({ activateHook, healthHook: "false" })).toBe("rolled_back");
    expect(await readFile(join(options.directory, "log"), "utf8")).toBe("new b\nformer a\n");
  });

  it("has nothing to point to when there was nothing before", async () => {
    offer("1.0.0");
    expect(await once({ healthHook: "false" })).toBe("failed");
    expect(existsSync(join(options.directory, "current"))).toBe(false);
  });

  it("keeps what runs when an installation fails, and tries it again later", async () => {
    const bytes = offer("1.0.0");
    await once();
    const next = offer("2.0.0");
    expect(await once({ installHook: "echo no room >&2; exit 1" })).toBe("failed");
    expect(lastReport()).toMatchObject({ state: "failed" });
    expect(lastReport()?.detail).toContain("no room");
    expect(await current()).toEqual(bytes);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await once()).toBe("updated");
    expect(await current()).toEqual(next);
  });

  it("ends a hook that takes too long, with all that it started", async () => {
    offer("1.0.0");
    expect(await once({ installHook: "sleep 300 & sleep 300", hookTimeout: 200 })).toBe("failed");
    expect(lastReport()?.detail).toContain("took longer than 0.2 s");
  });

  it("runs a hook with what it needs to know", async () => {
    standIn.answer = updateTo("1.0.0", [served(Buffer.from("x"), { custom_metadata: { mount: "/data" } })]);
    await once({
      installHook: 'env > variables; cat "$PERIDIO_METADATA_PATH" > metadata; cat "$PERIDIO_BINARY_PATH" > x',
    });
    const folder = join(options.directory, "current", "firmware");
    const variables = await readFile(join(folder, "variables"), "utf8");
    for (const line of [
      "PERIDIO_ARTIFACT_NAME=firmware",
      "PERIDIO_BINARY_TARGET=universal",
      "PERIDIO_RELEASE_VERSION=1.0.0",
    ]) {
      expect(variables.split("\n")).toContain(line);
    }
    expect(await readFile(join(folder, "metadata"), "utf8")).toBe('{"mount":"/data"}');
    expect(await readFile(join(folder, "x"), "utf8")).toBe("x");
  });
});

describe("a downgrade", () => {
  const reach = async (version: string) => {
    offer(version);
    expect(await once()).toBe("updated");
  };

  it("is refused, and reported", async () => {
    await reach("2.0.0");
    offer("1.5.0", randomBytes(10), { version_requirement: ">= 1.0.0" });
    expect(await once()).toBe("failed");
    expect(lastReport()?.detail).toContain("1.5.0 is older than 2.0.0");
  });

  it("is done by a release that is for newer devices only, or with leave given on the device", async () => {
    await reach("2.0.0");
    offer("1.5.0", randomBytes(10), { version_requirement: ">= 2.0.0" });
    expect(await once()).toBe("updated");
    offer("1.0.0");
    expect(await once({ allowDowngrade: true })).toBe("updated");
  });

  it("is not done by an old answer played back, with or without versions", async () => {
    offer(null);
    const old = structuredClone(standIn.answer);
    await once();
    offer(null);
    expect(await once()).toBe("updated");
    standIn.answer = old;
    expect(await once()).toBe("failed");
    expect(lastReport()?.detail).toContain("was left for a newer release before");
  });
});

it("keeps reports that the server can't take, and brings them later", async () => {
  offer("1.0.0");
  standIn.intercept = (request, response) => {
    if (request.method !== "POST" || standIn.polls.length < 1) return false;
    if (request.headers["peridio-bundle-prn"] === undefined) return false;
    response.writeHead(500).end();
    return true;
  };
  await expect(once()).rejects.toThrow("500");
  expect((await readState(options.directory)).reports).toMatchObject([{ state: "installed" }]);
  standIn.intercept = null;
  expect(await once()).toBe("up_to_date");
  expect(lastReport()).toMatchObject({ state: "installed" });
  expect(await readdir(options.directory)).not.toContain("device.json.new");
});
