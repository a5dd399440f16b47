import { allOperations } from "@open-peridio/contract";
import fastify from "fastify";
import { expect, it } from "vitest";
import { answerErrors } from "./errors.ts";
import { validateRequests } from "./validation.ts";

it("every schema of the contract can be checked by, though none is compiled before its first request", async () => {
  const app = fastify();
  answerErrors(app);
  validateRequests(app);
  for (const { method, path, params, querystring, body } of allOperations) {
    const schema = { ...(params && { params }), ...(querystring && { querystring }), ...(body && { body }) };
    app.route({ method, url: path, schema, handler: async () => ({}) });
  }
  for (const { method, path, body } of allOperations) {
    const url = path.replaceAll(/:(index|size)/g, "1").replaceAll(/:\w+/g, "x");
    const answer = await app.inject({ method, url, ...(body && { payload: { prn: 1 } }) });
    expect([200, 400, 422], `${method} ${path}: ${answer.body}`).toContain(answer.statusCode);
  }
  await app.close();
});
