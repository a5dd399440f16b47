import { describe, expect, it } from "vitest";
import type { Origin, Preference } from "./origin.ts";
import { byPreference } from "./preference.ts";

const origin = (name: string, ...regions: string[]): Origin => ({
  name,
  regions,
  expiry: 60,
  passesBy: false,
  address: null,
  holds: () => true,
  link: () => {
    throw new Error("nobody asked for a link");
  },
});

const origins = [origin("eu-1", "de", "fr"), origin("us", "us"), origin("eu-2", "de"), origin("last")];
const unknown: Preference = { header: null, reported: null, measured: [] };

describe("the order of origins", () => {
  it.each<[string, Partial<Preference>, string]>([
    ["as declared where nothing is known", {}, "eu-1 us eu-2 last"],
    ["those of the region that a proxy names first", { header: "US" }, "us eu-1 eu-2 last"],
    ["all that are in the region", { header: "DE" }, "eu-1 eu-2 us last"],
    ["those of the region that the client reports", { reported: "us" }, "us eu-1 eu-2 last"],
    ["the proxy's region before the client's", { header: "FR", reported: "us" }, "eu-1 us eu-2 last"],
    ["the client's region where no origin is in the proxy's", { header: "JP", reported: "us" }, "us eu-1 eu-2 last"],
    ["as declared where no origin is in any of them", { header: "JP", reported: "mars" }, "eu-1 us eu-2 last"],
    ["the fastest first", { measured: ["last", "us"] }, "last us eu-1 eu-2"],
    ["the region first, the fastest within it", { header: "de", measured: ["us", "eu-2"] }, "eu-2 eu-1 us last"],
    ["without names that no origin has", { measured: ["gone", "us", "EU-1"] }, "us eu-1 eu-2 last"],
  ])("is %s", (_what, known, expected) => {
    const ordered = byPreference(origins, { ...unknown, ...known });
    expect(ordered.map(({ name }) => name).join(" ")).toBe(expected);
  });
});
