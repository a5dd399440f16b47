import { invalid, type Operation } from "@open-peridio/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import type { Static, TSchema } from "typebox";
import type { Principal } from "./principal.ts";

type Part<S> = S extends TSchema ? Static<S> : undefined;

/** A request as a handler sees it: checked, typed, and from somebody. */
export interface Call<O extends Operation> {
  params: Part<O["params"]>;
  query: Part<O["querystring"]>;
  body: Part<O["body"]>;
  /** On a public operation there may be none: use `request.principal` there. */
  principal: Principal;
  request: FastifyRequest;
  reply: FastifyReply;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a handler of a 204 returns nothing, one of a stream what it sent.
type Answer<O extends Operation> = O["response"] extends TSchema ? Static<O["response"]> : void | FastifyReply;

/** Serves one operation of the contract: its schemas, its status. */
export function serve<O extends Operation>(
  app: FastifyInstance,
  operation: O,
  handler: (call: Call<O>) => Promise<Answer<O>>,
): void {
  const { method, path, params, querystring, body, bodyOptional, response, status } = operation;
  const handle: RouteHandlerMethod = (request, reply) => {
    reply.code(status);
    const { params, query, body, principal } = request;
    return handler({ params, query, body, principal, request, reply } as Call<O>);
  };
  app.route({
    method,
    url: path,
    schema: {
      ...(params && { params }),
      ...(querystring && { querystring }),
      ...(body && { body }),
      ...(response && { response: { [status]: response } }),
    },
    ...(params && body && { preHandler: async (request: FastifyRequest) => checkRepeatedPrn(request) }),
    ...(bodyOptional && { preValidation: takeNoBodyForAnEmptyOne }),
    handler: handle,
  });
}

async function takeNoBodyForAnEmptyOne(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}

/** The official SDK repeats the path's PRN in a PATCH body; one that names something else is a mistake. */
function checkRepeatedPrn(request: FastifyRequest): void {
  const { prn } = request.params as { prn?: string };
  const body = request.body as { prn?: string };
  if (body.prn !== undefined && body.prn !== prn) throw invalid("prn", `must repeat the path's; got '${body.prn}'`);
}
