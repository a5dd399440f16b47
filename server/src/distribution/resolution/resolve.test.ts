import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  Resolution,
  ResolvableChannel,
  ResolvableDevice,
  ResolvableOverride,
  ResolvableRelease,
  Withheld,
  WithheldBundles,
} from "../resolvable.ts";
import {
  byTheDiagram,
  channels,
  devices,
  future,
  inWords,
  now,
  overrides,
  past,
  some,
  withheld,
} from "./diagram.fixture.ts";
import { resolve } from "./resolve.ts";

const device: ResolvableDevice = {
  ...{ quarantined: false, tags: [], claimed: new Set<string>() },
  ...{ releaseId: null, bundleId: null, version: null },
};

function release(id: string, nextId: string | null, of: Partial<ResolvableRelease> = {}): ResolvableRelease {
  return {
    ...{ id, nextId, bundleId: `bundle ${id}`, required: false, disabled: false, paused: false },
    ...{ scheduleDate: past, phase: { mode: "numeric", value: 1 }, version: null, requirement: null, ...of },
  };
}

function channel(...releases: ResolvableRelease[]): ResolvableChannel {
  return { releases, deviceCount: 100, claims: new Map() };
}

const serves = (resolution: Resolution): string | null =>
  resolution.status !== "update"
    ? null
    : resolution.source.type === "release"
      ? resolution.source.releaseId
      : resolution.source.overrideId;

/** What a device gets in a channel: the id of the release, or null. */
const gets = (of: Partial<ResolvableDevice>, of2: ResolvableChannel, withheld: WithheldBundles = new Map()) =>
  serves(resolve({ ...device, ...of }, [], of2, withheld, now));

describe("a device", () => {
  const three = channel(release("c", null), release("b", "c"), release("a", "b"));

  it("gets the newest release at once, and nothing when it runs that one", () => {
    expect(gets({ releaseId: "a" }, three)).toBe("c");
    expect(gets({ releaseId: "b" }, three)).toBe("c");
    expect(gets({ releaseId: "c" }, three)).toBeNull();
  });

  it("gets nothing when nobody knows where it is", () => {
    expect(gets({}, three)).toBeNull();
    expect(gets({ releaseId: "unknown", bundleId: "unknown", version: "no version" }, three)).toBeNull();
  });

  it("is found by its bundle when its release is of another channel", () => {
    expect(gets({ releaseId: "unknown", bundleId: "bundle a" }, three)).toBe("c");
    expect(gets({ bundleId: "bundle c" }, three)).toBeNull();
  });

  it("is taken to be at the last release with its bundle", () => {
    const twice = channel(release("a", "b"), release("b", "c", { bundleId: "bundle a" }), release("c", null));
    expect(gets({ bundleId: "bundle a" }, twice)).toBe("c");
    expect(gets({ bundleId: "bundle c" }, twice)).toBeNull();
  });

  it("doesn't pass a required release", () => {
    const required = channel(release("a", "b"), release("b", "c", { required: true }), release("c", null));
    expect(gets({ releaseId: "a" }, required)).toBe("b");
    expect(gets({ releaseId: "b" }, required)).toBe("c");
  });

  it("gets what is before a required release that it can't have", () => {
    const required = { required: true, disabled: true };
    const four = channel(release("a", "b"), release("b", "c"), release("c", "d", required), release("d", null));
    expect(gets({ releaseId: "a" }, four)).toBe("b");
    expect(gets({ releaseId: "b" }, four)).toBeNull();
  });

  it.each<[string, Partial<ResolvableRelease>]>([
    ["disabled", { disabled: true }],
    ["not due yet", { scheduleDate: future }],
    ["paused", { paused: true }],
    ["at share 0", { phase: { mode: "numeric", value: 0 } }],
    ["for other tags", { phase: { mode: "tags", tags: ["beta"] } }],
    ["for other versions", { requirement: "~> 2.0" }],
  ])("gets the one before a release that is %s", (_, of) => {
    const held = channel(release("a", "b"), release("b", "c"), release("c", null, of));
    expect(gets({ releaseId: "a", version: "1.0.0" }, held)).toBe("b");
    expect(gets({ releaseId: "b", version: "1.0.0" }, held)).toBeNull();
  });

  it("keeps a release that it has claimed, whatever its phase says, but not one that is disabled", () => {
    const claimed = { releaseId: "a", claimed: new Set(["b"]) };
    for (const of of [{ paused: true }, { phase: { mode: "numeric", value: 0 } }] as const) {
      const held = channel(release("a", "b"), release("b", null, of));
      expect(resolve({ ...device, ...claimed }, [], held, new Map(), now)).toEqual({
        ...{ status: "update", bundleId: "bundle b" },
        source: { type: "release", releaseId: "b", claim: false },
      });
    }
    expect(gets(claimed, channel(release("a", "b"), release("b", null, { disabled: true })))).toBeNull();
  });

  it("gets a phased release while fewer than its share or count have claimed it", () => {
    const phased = (value: number, claims: number): ResolvableChannel => ({
      ...channel(release("a", "b"), release("b", null, { phase: { mode: "numeric", value } })),
      claims: new Map([["b", claims]]),
    });
    expect([0, 6, 7].map((claims) => gets({ releaseId: "a" }, phased(0.07, claims)))).toEqual(["b", "b", null]);
    expect([0, 19, 20].map((claims) => gets({ releaseId: "a" }, phased(20, claims)))).toEqual(["b", "b", null]);
    expect(gets({ releaseId: "a" }, phased(1, 1_000))).toBe("b");
  });

  it("gets a release for any of its tags", () => {
    const tagged = channel(release("a", "b"), release("b", null, { phase: { mode: "tags", tags: ["x", "beta"] } }));
    expect(gets({ releaseId: "a", tags: ["beta"] }, tagged)).toBe("b");
    expect(gets({ releaseId: "a", tags: [] }, tagged)).toBeNull();
  });

  it("that tells no version gets a release with a requirement when it was found otherwise", () => {
    expect(gets({ releaseId: "a" }, channel(release("a", "b"), release("b", null, { requirement: "~> 9.0" })))).toBe(
      "b",
    );
  });

  it("gets nothing when the release that it would get can't be served, and never one before it in its place", () => {
    const reason: Withheld = { reason: "binary_destroyed", binaryId: "x" };
    const resolution = resolve({ ...device, releaseId: "a" }, [], three, new Map([["bundle c", reason]]), now);
    expect(resolution).toEqual({
      ...{ status: "no_update", withheld: reason, bundleId: "bundle c" },
      source: { type: "release", releaseId: "c", claim: true },
    });
  });

  it("in quarantine gets nothing, not even by an override", () => {
    const override = { id: "o", bundleId: "x", startsAt: past, endsAt: null };
    const quarantined = { ...device, quarantined: true, releaseId: "a" };
    expect(resolve(quarantined, [override], three, new Map(), now)).toEqual({ status: "device_quarantine" });
  });

  it("without a cohort gets overrides only", () => {
    expect(resolve({ ...device, releaseId: "a" }, [], null, new Map(), now)).toEqual({ status: "no_update" });
    const override = { id: "o", bundleId: "x", startsAt: past, endsAt: null };
    expect(serves(resolve(device, [override], null, new Map(), now))).toBe("o");
  });
});

describe("a device that tells its version only", () => {
  const of = (version: string, requirement: string) => ({ version, requirement });

  it("comes in where its version fits, and goes on from there", () => {
    const three = channel(
      release("a", "b", of("1.0.0", "~> 0.1")),
      release("b", "c", of("2.0.0", "~> 1.0")),
      release("c", null, of("3.0.0", "~> 1.0 or ~> 2.0")),
    );
    expect(gets({ version: "1.0.0" }, three)).toBe("c");
    expect(gets({ version: "2.5.0" }, three)).toBe("c");
    // It is let in by the first, whose requirement the others don't share.
    expect(gets({ version: "0.1.0" }, three)).toBe("a");
    expect(gets({ version: "4.0.0" }, three)).toBeNull();
  });

  it("gets nothing behind it, however far the way back leads", () => {
    const open = channel(
      release("a", "b", of("1.0.0", ">= 0.1.0")),
      release("b", "c", { requirement: ">= 0.1.0" }),
      release("c", "d", of("2.0.0", ">= 0.1.0")),
      release("d", null, { ...of("3.0.0", ">= 0.1.0"), disabled: true }),
    );
    expect(gets({ version: "2.0.0" }, open)).toBeNull();
    expect(gets({ version: "3.0.0" }, open)).toBeNull();
    expect(gets({ version: "5.0.0" }, open)).toBeNull();
    expect(gets({ version: "1.5.0" }, open)).toBe("c");
  });

  it("goes back only by a release that is made for that: it asks for versions above its own", () => {
    const back = channel(release("a", "b", of("3.0.0", "~> 2.0")), release("b", null, of("2.0.0", "== 3.0.0")));
    expect(gets({ version: "3.0.0" }, back)).toBe("b");
    expect(gets({ version: "2.0.0" }, back)).toBeNull();
  });
});

describe("overrides", () => {
  const override = (id: string, startsAt: string, endsAt: string | null): ResolvableOverride => ({
    ...{ id, bundleId: `bundle ${id}`, startsAt, endsAt },
  });

  it("the one that started last counts, from its start until right before its end", () => {
    const both = [override("long", past, null), override("short", "2026-01-15T00:00:00.000000Z", now)];
    expect(serves(resolve(device, both, null, new Map(), now))).toBe("long");
    expect(serves(resolve(device, both, null, new Map(), "2026-01-31T23:59:59.999999Z"))).toBe("short");
    expect(serves(resolve(device, both, null, new Map(), past))).toBe("long");
    expect(serves(resolve(device, both, null, new Map(), "2025-12-31T23:59:59.999999Z"))).toBeNull();
  });

  it("hide the releases, also when the device runs their bundle already", () => {
    const releases = channel(release("a", "b"), release("b", null));
    const running = { ...device, releaseId: "a", bundleId: "bundle o" };
    expect(resolve(running, [override("o", past, null)], releases, new Map(), now)).toEqual({ status: "no_update" });
  });
});

describe("resolution agrees with the diagram", () => {
  it("for any device, overrides and channel", () => {
    fc.assert(
      fc.property(devices, overrides, some(channels), withheld, (...state) => {
        expect(inWords(resolve(...state, now))).toBe(byTheDiagram(...state, now));
      }),
      { numRuns: 5_000 },
    );
  });

  it("and is the same for the same", () => {
    fc.assert(
      fc.property(devices, channels, (device, channel) => {
        const again = { ...channel, releases: [...channel.releases].reverse() };
        expect(resolve(device, [], channel, new Map(), now)).toEqual(resolve(device, [], again, new Map(), now));
      }),
    );
  });
});
