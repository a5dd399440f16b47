import { describe, expect, it } from "vitest";
import { allOperations, openApiDocument } from "./openapi.ts";
import { accessOf } from "./permissions.ts";
import { scopes } from "./scopes.ts";

describe("the OpenAPI document", () => {
  const document = openApiDocument(["/"]);
  const text = JSON.stringify(document);

  it("has every operation once", () => {
    const ids = allOperations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const described = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((path) => Object.values(path))
      .map(({ operationId }) => operationId);
    expect(described.sort()).toEqual(ids.sort());
  });

  it("refers to nothing that it lacks", () => {
    const { schemas } = document.components as { schemas: Record<string, unknown> };
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) expect(schemas).toHaveProperty(name!);
  });

  it("has a permission that exists for every operation", () => {
    const known = [...scopes, "authenticated", "person", "device", "public"];
    for (const { method, path } of allOperations) expect(known).toContain(accessOf(method, path));
  });
});
