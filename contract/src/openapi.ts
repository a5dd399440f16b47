import type { TObject, TSchema } from "typebox";
import * as operations from "./operations/index.ts";
import type { Operation } from "./operations/operation.ts";
import { type Access, accessOf } from "./permissions.ts";
import { ErrorBody } from "./schemas/common.ts";

type Json = Record<string, unknown>;

const info = {
  title: "Open Peridio Admin API",
  version: "v1",
  description:
    "Binaries, from upload to download. Every path answers bare and under `/v1`. Send `Authorization: Bearer KEY` or " +
    "`Authorization: Token KEY`. Every answer carries `peridio-request-id`.",
};

/** The error answers of any operation, by status. */
const errorAnswers: Record<number, string> = {
  400: "The request can't be read: JSON, a parameter, or the search.",
  401: "No API key, or one that isn't known.",
  403: "The key lacks the scope.",
  404: "No such thing in this organization.",
  409: "A conflict with something that exists.",
  422: "A field or the state forbids it: field → messages.",
  423: "It is held until a date; nobody can remove it before.",
};

/** All operations of the API, in the order of their definition. */
export const allOperations: readonly Operation[] = Object.values(operations);

/** OpenAPI 3.1 document of the API, made from the operations that the server serves. */
export function openApiDocument(servers: readonly string[]): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = {};
  for (const operation of allOperations) {
    const path = operation.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, schemas) };
  }
  return {
    openapi: "3.1.0",
    info,
    servers: servers.map((url) => ({ url })),
    security: [{ api_key: [] }],
    tags: [...new Set(allOperations.map((operation) => operation.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { api_key: { type: "http", scheme: "bearer" } },
    },
  };
}

function describe(operation: Operation, schemas: Json): Json {
  const access = accessOf(operation.method, operation.path);
  if (access === undefined) throw new Error(`${operation.method} ${operation.path} has no row in permissions`);
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(access === "public" && { security: [] }),
    description: [operation.description, needs(access)].filter(Boolean).join("\n\n"),
    tags: [operation.tag],
    parameters: [...parameters(operation.params, "path"), ...parameters(operation.querystring, "query")],
    ...requestBody(operation, schemas),
    responses: { [operation.status]: goodAnswer(operation, schemas), ...badAnswers(schemas) },
  };
}

function needs(access: Access): string {
  switch (access) {
    case "public":
      return "Open to everyone.";
    case "link":
      return "For whoever holds a link that this server signed.";
    case "authenticated":
      return "Any live key or session.";
    case "device":
      return "For devices, by their certificate.";
    case "person":
      return "Needs the session of a person.";
    default:
      return `Needs the scope \`${access}\`.`;
  }
}

function parameters(shape: TObject | undefined, place: "path" | "query"): Json[] {
  if (!shape) return [];
  return Object.entries(shape.properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path",
    schema: plain(schema),
  }));
}

function requestBody(operation: Operation, schemas: Json): Json {
  if (operation.body) {
    const content = { "application/json": { schema: reference(operation.body, schemas) } };
    return { requestBody: { required: operation.bodyOptional !== true, content } };
  }
  if (operation.method !== "PUT") return {};
  const content = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  return { requestBody: { required: true, content } };
}

function goodAnswer(operation: Operation, schemas: Json): Json {
  if (operation.mediaType) {
    return { description: "Done.", content: { [operation.mediaType]: { schema: { type: "string" } } } };
  }
  if (!operation.response) return { description: "Done." };
  return {
    description: "Done.",
    content: { "application/json": { schema: reference(operation.response, schemas) } },
  };
}

function badAnswers(schemas: Json): Json {
  const content = { "application/json": { schema: reference(ErrorBody, schemas) } };
  return Object.fromEntries(
    Object.entries(errorAnswers).map(([status, description]) => [status, { description, content }]),
  );
}

/** A copy of the schema in which every titled schema is a reference into `components.schemas`. */
function reference(schema: TSchema, schemas: Json): unknown {
  return lift(plain(schema), schemas);
}

function lift(node: unknown, schemas: Json): unknown {
  if (Array.isArray(node)) return node.map((item) => lift(item, schemas));
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, lift(value, schemas)]));
  if (typeof copy.title !== "string" || copy.type !== "object") return copy;
  schemas[copy.title] = copy;
  return { $ref: `#/components/schemas/${copy.title}` };
}

function plain(schema: TSchema): unknown {
  return JSON.parse(JSON.stringify(schema));
}
