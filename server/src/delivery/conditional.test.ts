import { describe, expect, it } from "vitest";
import { evaluatePreconditions, rangeApplies } from "./conditional.ts";

const etag = `"${"ab".repeat(32)}"`;
const other = `"${"cd".repeat(32)}"`;
const date = "Wed, 01 Jan 2025 00:00:00 GMT";

describe("preconditions", () => {
  it.each<[string, Record<string, string>, string]>([
    ["without any", {}, "proceed"],
    ["If-Match with our tag", { "if-match": etag }, "proceed"],
    ["If-Match with our tag in a list", { "if-match": `${other}, ${etag}` }, "proceed"],
    ["If-Match *", { "if-match": "*" }, "proceed"],
    ["If-Match with another", { "if-match": other }, "failed"],
    ["If-Match with ours made weak", { "if-match": `W/${etag}` }, "failed"],
    ["If-Match that can't be read", { "if-match": `${etag} x` }, "failed"],
    ["If-Match without quotes", { "if-match": etag.slice(1, -1) }, "failed"],
    ["If-Match with a tag that holds ours after a comma", { "if-match": `"x,${etag.slice(1)}` }, "failed"],
    ["If-Match empty", { "if-match": "" }, "failed"],
    ["If-None-Match with our tag", { "if-none-match": etag }, "not-modified"],
    ["If-None-Match with our tag in a list", { "if-none-match": `${other},,\t${etag} ,"a,b"` }, "not-modified"],
    ["If-None-Match with ours made weak", { "if-none-match": `W/${etag}` }, "not-modified"],
    ["If-None-Match *", { "if-none-match": " * " }, "not-modified"],
    ["If-None-Match with another", { "if-none-match": other }, "proceed"],
    ["If-None-Match that can't be read", { "if-none-match": `${etag}${etag}` }, "proceed"],
    ["If-None-Match empty", { "if-none-match": "" }, "proceed"],
    ["both, If-Match first", { "if-match": other, "if-none-match": etag }, "failed"],
    ["both true", { "if-match": etag, "if-none-match": etag }, "not-modified"],
    ["dates, of which we have none", { "if-modified-since": date, "if-unmodified-since": date }, "proceed"],
  ])("%s: %j → %s", (_what, headers, expected) => {
    expect(evaluatePreconditions(headers, etag)).toBe(expected);
  });

  it.each([
    [undefined, true],
    [etag, true],
    [other, false],
    [`W/${etag}`, false],
    ["*", false],
    [`${etag}, ${other}`, false],
    [date, false],
    ["", false],
  ])("If-Range %j lets a range count: %s", (ifRange, expected) => {
    expect(rangeApplies({ "if-range": ifRange }, etag)).toBe(expected);
  });

  it("reads a hostile list in no time", () => {
    const before = performance.now();
    evaluatePreconditions({ "if-none-match": `${" \t".repeat(8000)}x` }, etag);
    evaluatePreconditions({ "if-none-match": `${'"'.repeat(16_000)}` }, etag);
    evaluatePreconditions({ "if-none-match": ",".repeat(16_000) }, etag);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
