import { ApiError } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";

/** Levels of arrays and objects that a JSON body may nest. */
export const maxJsonDepth = 64;

/** Bytes of a JSON body: `custom_metadata` at its largest, written with escapes and indentation, and the rest. */
export const maxJsonBytes = 4_194_304;

/** Teaches the server its body types: JSON, and JSON under the type that a bare `curl -d` sends. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser("error", "error");
  const types = ["application/json", "application/x-www-form-urlencoded"];
  app.addContentTypeParser(types, { parseAs: "string", bodyLimit: maxJsonBytes }, (request, body, done) => {
    const text = String(body).trim();
    if (text === "") return done(null, undefined);
    const form = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
    if (form && !/^[[{]/.test(text)) return done(notJson());
    if (depth(text) > maxJsonDepth) return done(tooDeep());
    parse(request, text, (error, value) => done(error ? malformed(error) : null, value));
  });
}

function notJson(): ApiError {
  return new ApiError("unsupported_media_type", "the body must be a JSON object; send content-type: application/json");
}

function tooDeep(): ApiError {
  return new ApiError("invalid_json", `the JSON body nests deeper than ${maxJsonDepth} levels; flatten it`);
}

function malformed(error: Error): ApiError {
  const forbidden = /prototype/.test(error.message);
  const problem = forbidden ? "has a key '__proto__' or 'constructor.prototype'; leave it out" : "is not valid JSON";
  return new ApiError("invalid_json", `the body ${problem}${forbidden ? "" : `: ${error.message}`}`);
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
