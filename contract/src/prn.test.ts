import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { organizationPrn, parsePrn, resourceId, resourcePrn, resourceTypes, userPrn } from "./prn.ts";

const org = "01a208d4-3cfb-7034-b39c-d5f96d06bcad";
const id = "01a208d4-c6c4-70be-b146-b71f3d1aab86";

describe("a PRN", () => {
  it("reads back what it was made of, for every type", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...resourceTypes), fc.uuid(), (organizationId, type, uuid) => {
        const text = resourcePrn(organizationId, type, uuid);
        expect(parsePrn(text)).toEqual({ kind: "resource", organizationId, type, id: uuid });
        expect(resourceId(text, organizationId, type)).toBe(uuid);
      }),
    );
  });

  it("names an organization with three parts and a user with four", () => {
    expect(parsePrn(organizationPrn(org))).toEqual({ kind: "organization", organizationId: org });
    expect(parsePrn(userPrn(id))).toEqual({ kind: "user", id });
  });

  it.each([
    ["nothing", ""],
    ["another scheme", `urn:1:${org}`],
    ["another version", `prn:2:${org}`],
    ["an unknown type", `prn:1:${org}:binaries:${id}`],
    ["hyphens in the type", `prn:1:${org}:artifact-version:${id}`],
    ["a type that objects have by themselves", `prn:1:${org}:constructor:${id}`],
    ["no UUID", `prn:1:${org}:binary:1`],
    ["a sixth part", `prn:1:${org}:binary:${id}:x`],
    ["blanks", ` prn:1:${org}`],
    ["four parts that name no user", `prn:1:${org}:binary`],
  ])("is not %s", (_what, text) => {
    expect(parsePrn(text)).toBeNull();
  });

  it("takes UUIDs in either case and means the same", () => {
    expect(resourceId(`prn:1:${org.toUpperCase()}:binary:${id.toUpperCase()}`, org, "binary")).toBe(id);
  });

  it("of another organization or type is not the caller's", () => {
    const text = resourcePrn(org, "binary", id);
    expect(resourceId(text, id, "binary")).toBeNull();
    expect(resourceId(text, org, "artifact")).toBeNull();
  });

  it("never throws, whatever the text", () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePrn(text)));
  });
});
