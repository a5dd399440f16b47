import fastify from "fastify";
import { expect, it } from "vitest";
import { enforcePermissions } from "./permissions.ts";

const open = () => {
  const app = fastify({ exposeHeadRoutes: false });
  app.decorateRequest("principal", null);
  enforcePermissions(app);
  return app;
};

it("a route without a row keeps the server from starting", () => {
  expect(() => open().get("/nobody/thought/of", async () => "here")).toThrow(
    "GET /nobody/thought/of has no row in permissions",
  );
  expect(() => open().route({ method: ["GET", "POST"], url: "/healthz", handler: async () => "here" })).toThrow(
    "has no row in permissions, or several that differ",
  );
});

it("a route with a row asks for what the row says, before anything else of its own", async () => {
  const app = open();
  let reached = 0;
  app.get("/binaries", { onRequest: async () => void reached++ }, async () => "here");
  app.get("/healthz", async () => "here");
  expect((await app.inject("/binaries")).statusCode).not.toBe(200);
  expect(reached).toBe(0);
  expect((await app.inject("/healthz")).body).toBe("here");
});
