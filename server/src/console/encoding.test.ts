import { expect, it } from "vitest";
import { chooseEncoding } from "./encoding.ts";

it.each<[string | undefined, string | null]>([
  [undefined, null],
  ["", null],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["GZIP", "gzip"],
  ["br;q=0.5, gzip", "gzip"],
  ["br;q=0.5, gzip;q=0.5", "br"],
  ["br;q=0, gzip;q=0", null],
  ["*", "br"],
  ["*;q=0.1, br;q=0", "gzip"],
  ["identity, deflate", null],
  ["br;q=nothing", null],
])("of '%s' the best is %s", (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});
