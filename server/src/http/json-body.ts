import { isUtf8 } from "node:buffer";
import { ApiError } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Levels of arrays and objects that a JSON body may nest. */
const maxJsonDepth = 64;

/** Bytes of a JSON body: `custom_metadata` at its largest, written with escapes and indentation, and the rest. */
export const maxJsonBytes = 4_194_304;

/** Teaches the server its body types: JSON, and JSON under the type that a bare `curl -d` sends. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const types = ["application/json", "application/x-www-form-urlencoded"];
  app.addContentTypeParser(
    types,
    { parseAs: "buffer", bodyLimit: maxJsonBytes },
    async (request: FastifyRequest, body: Buffer) => {
      const form = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
      return parseJson(body, form === true);
    },
  );
}

/** The value in a body; undefined when there is none. @throws ApiError invalid_json, unsupported_media_type */
function parseJson(body: Buffer, form: boolean): unknown {
  if (!isUtf8(body)) throw malformed("the body is not valid UTF-8");
  const text = body.toString().trim();
  if (text === "") return undefined;
  if (form && !/^[[{]/.test(text)) throw notJson();
  if (depth(text) > maxJsonDepth) throw malformed(`the JSON body nests deeper than ${maxJsonDepth} levels; flatten it`);
  const value = readJson(text);
  if (/__proto__|constructor|\\u/.test(text) && reachesPrototype(value)) {
    throw malformed("the body has a key '__proto__' or 'constructor.prototype'; leave it out");
  }
  return value;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`the body is not valid JSON: ${(error as Error).message}`);
  }
}

/** Whether a key in it would change a prototype, if the value were ever copied onto another object key by key. */
function reachesPrototype(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Object.hasOwn(value, "__proto__")) return true;
  return Object.entries(value).some(
    ([key, inner]) => reachesPrototype(inner) || (key === "constructor" && Object.hasOwn(Object(inner), "prototype")),
  );
}

function notJson(): ApiError {
  return new ApiError("unsupported_media_type", "the body must be a JSON object; send content-type: application/json");
}

function malformed(problem: string): ApiError {
  return new ApiError("invalid_json", problem);
}

/** How deep a JSON text nests, without parsing it: a parser that recurses would be too late. */
function depth(text: string): number {
  let open = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++open);
    else if (code === 125 || code === 93) open--;
  }
  return deepest;
}
