import { type TObject, type TProperties, type TSchema, Type } from "typebox";
import { ListQuery, listOf, PrnParams } from "../schemas/common.ts";
import { describeSearch, type Searchable, searchKeys } from "../search/keys.ts";

/**
 * One thing that the API can be asked. The server serves it, checks both shapes; the OpenAPI document and the SDK's
 * types come from it. What it asks of the caller stands in `permissions`.
 */
export interface Operation {
  /** `operationId` in the OpenAPI document; the official name where there is one. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with parameters in the form `:name`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  params?: TObject;
  querystring?: TObject;
  body?: TObject;
  /** No body at all is taken for an empty object. */
  bodyOptional?: boolean;
  /** Status of the good answer and its body; a null body is a 204. */
  status: number;
  response: TSchema | null;
  /** What a good body is that no schema describes. */
  mediaType?: string;
}

export function operation<const T extends Operation>(definition: T): T {
  return definition;
}

interface Resource<S extends string, P extends Searchable, T extends TProperties> {
  /** Key that wraps one object in an answer. */
  singular: S;
  /** Path segment and key that wraps a list. */
  plural: P;
  /** In words, with its article. */
  noun: string;
  tag: string;
  shape: TObject<T>;
}

/** The list operation of a resource: search, order, cursor. */
export function listOperation<S extends string, P extends Searchable, T extends TProperties>(
  resource: Resource<S, P, T>,
) {
  return operation({
    id: `list-${resource.plural.replaceAll("_", "-")}`,
    method: "GET",
    path: `/${resource.plural}`,
    tag: resource.tag,
    summary: `List ${resource.plural.replaceAll("_", " ")}`,
    description: describeSearch(searchKeys[resource.plural]),
    querystring: ListQuery,
    status: 200,
    response: listOf(resource.plural, resource.shape),
  });
}

/** The operation that answers with one resource. */
export function getOperation<S extends string, P extends Searchable, T extends TProperties>(
  resource: Resource<S, P, T>,
) {
  return operation({
    id: `retrieve-${resource.noun.replaceAll(" ", "-")}`,
    method: "GET",
    path: `/${resource.plural}/:prn`,
    tag: resource.tag,
    summary: `Retrieve ${resource.noun}`,
    params: PrnParams,
    status: 200,
    response: oneOf(resource.singular, resource.shape),
  });
}

/** `{ "<singular>": {...} }` */
export function oneOf<S extends string, T extends TSchema>(singular: S, shape: T) {
  return Type.Object({ [singular]: shape } as { [K in S]: T });
}
