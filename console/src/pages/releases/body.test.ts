import { describe, expect, it } from "vitest";
import { readRelease } from "./body.ts";

describe("what the form of a release says", () => {
  const base = { name: "r", audience: "all", when: "keep" };

  it("is as the API takes it: nulls for what was left empty, and everybody as a share of 1", () => {
    expect(readRelease(base)).toEqual({
      ...{ name: "r", description: null, version: null, version_requirement: null, failure_share: null },
      ...{ required: false, disabled: false, phase_mode: "numeric", phase_value: 1 },
    });
  });

  it("turns percents into shares without the errors of binary fractions", () => {
    const share = (phase_value: string) => readRelease({ ...base, audience: "share", phase_value }).phase_value;
    expect(["7", "0.1", "29", "100", "0"].map(share)).toEqual([0.07, 0.001, 0.29, 1, 0]);
    expect(readRelease({ ...base, failure_share: "5" }).failure_share).toBe(0.05);
  });

  it.each([
    [{ audience: "share", phase_value: "101" }, "phase_value"],
    [{ audience: "share" }, "phase_value"],
    [{ audience: "count", phase_value: "2.5" }, "phase_value"],
    [{ audience: "tags", phase_tags: " , " }, "phase_tags"],
    [{ when: "at", schedule_date: "someday" }, "schedule_date"],
    [{ failure_share: "half" }, "failure_share"],
    [{ failure_minimum: "0" }, "failure_minimum"],
  ])("refuses %j", (values, field) => {
    expect(() => readRelease({ ...base, ...values })).toThrow(expect.objectContaining({ field }));
  });

  it("never takes one device for all of them", () => {
    expect(() => readRelease({ ...base, audience: "count", phase_value: "1" })).toThrow(/2 or more/);
    expect(readRelease({ ...base, audience: "count", phase_value: "2" }).phase_value).toBe(2);
  });

  it("reads tags between commas, each once", () => {
    const { phase_mode, phase_tags } = readRelease({ ...base, audience: "tags", phase_tags: "beta, lab,beta," });
    expect([phase_mode, phase_tags]).toEqual(["tags", ["beta", "lab"]]);
  });

  it("says nothing of the phase and the day where the form doesn't ask for them", () => {
    expect(Object.keys(readRelease({ name: "r" }))).not.toContain("phase_value");
    expect(Object.keys(readRelease({ name: "r" }))).not.toContain("schedule_date");
  });
});
