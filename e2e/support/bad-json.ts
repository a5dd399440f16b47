import { field, type Refusal, refusal } from "./refusal.ts";

interface BadBody {
  when: string;
  body: string | Buffer;
  type?: string;
  expected: Refusal;
}

const json = (when: string, body: string | Buffer, detail: string): BadBody => ({
  when,
  body,
  expected: refusal(400, "invalid_json", detail),
});
const media = (when: string, body: string, type: string, detail: string): BadBody => ({
  when,
  body,
  type,
  expected: refusal(415, "unsupported_media_type", detail),
});

const tooDeep = "the JSON body nests deeper than 64 levels; flatten it";
const prototype = "the body has a key '__proto__' or 'constructor.prototype'; leave it out";
const notAnObject = "the request needs a JSON object as its body";
const wrongType = "this call takes JSON; send content-type: application/json";

/** Metadata whose compact JSON has exactly this many bytes. */
export function metadataOf(bytes: number): { a: string } {
  return { a: "x".repeat(bytes - '{"a":""}'.length) };
}

function nested(levels: number): string {
  return `{"name":"deep","custom_metadata":${'{"a":'.repeat(levels - 1)}1${"}".repeat(levels)}`;
}

/** Bodies of `POST /artifacts`. */
export const badBodies: BadBody[] = [
  json("65 levels of JSON", nested(65), tooDeep),
  json("100 levels of JSON", nested(100), tooDeep),
  json("100,000 levels of JSON", nested(100_000), tooDeep),
  json("100,000 arrays that are never closed", "[".repeat(100_000), tooDeep),
  json("a key __proto__", '{"name":"x","__proto__":{"admin":true}}', prototype),
  json("a key __proto__ in metadata", '{"name":"x","custom_metadata":{"a":[{"__proto__":1}]}}', prototype),
  json("a key __proto__ in escapes", '{"name":"x","\\u005f\\u005fproto\\u005f\\u005f":{}}', prototype),
  json("a key constructor.prototype", '{"name":"x","constructor":{"prototype":{}}}', prototype),
  json("bytes that aren't UTF-8", Buffer.from('{"name":"\xff\xfe"}', "latin1"), "the body is not valid UTF-8"),
  json("an array", "[]", notAnObject),
  json("a string", '"x"', notAnObject),
  json("null", "null", notAnObject),
  json("nothing", "", notAnObject),
  json("blanks", "  \n", notAnObject),
  json("half an object", '{"name":', "the body is not valid JSON: Unexpected end of JSON input"),
  json(
    "words behind the object",
    '{"name":"x"} x',
    "the body is not valid JSON: Unexpected non-whitespace character after JSON at position 13 (line 1 column 14)",
  ),
  json(
    "JSON in single quotes",
    "{'name':1}",
    "the body is not valid JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)",
  ),
  media("plain text", "{}", "text/plain", wrongType),
  media("XML", "<a/>", "application/xml", wrongType),
  media("no content type", "{}", "", wrongType),
  media(
    "a form",
    "name=x",
    "application/x-www-form-urlencoded",
    "the body must be a JSON object; send content-type: application/json",
  ),
  {
    when: "metadata of 1,000,001 bytes",
    body: JSON.stringify({ name: "large", custom_metadata: metadataOf(1_000_001) }),
    expected: field("custom_metadata", "must have at most 1000000 bytes as compact JSON; got 1000001"),
  },
  {
    when: "metadata of 1,000,002 bytes in 499,999 characters of two bytes",
    body: JSON.stringify({ name: "large", custom_metadata: { a: "é".repeat(499_997) } }),
    expected: field("custom_metadata", "must have at most 1000000 bytes as compact JSON; got 1000002"),
  },
  {
    when: "a name of 129 characters",
    body: JSON.stringify({ name: "a".repeat(129) }),
    expected: field("name", "must have at most 128 characters; got 129"),
  },
];
