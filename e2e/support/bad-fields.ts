import { field, type Refusal, refusal } from "./refusal.ts";

/** One field of `POST /binaries` gone wrong, the rest being right. */
interface BadField {
  when: string;
  send: Record<string, unknown>;
  expected: Refusal;
}

const digest = "must be a SHA-256 digest of 64 hexadecimal characters, optionally after 'sha256:'";
const one = (when: string, name: string, value: unknown, message: string): BadField => ({
  when,
  send: { [name]: value },
  expected: field(name, message),
});

export const badBinaries: BadField[] = [
  one("a hash that is too short", "hash", "abc", `${digest}; got 3 characters`),
  one("a hash that is too long", "hash", "a".repeat(65), `${digest}; got 65 characters`),
  one("a hash that is much too long", "hash", "a".repeat(300), "must have at most 256 characters; got 300"),
  one("an empty hash", "hash", "", `${digest}; got 0 characters`),
  one("a hash with a letter beyond f", "hash", `${"a".repeat(63)}g`, `${digest}; got 'g' at character 64`),
  one("a hash of another kind", "hash", `md5:${"a".repeat(60)}`, `${digest}; got 'm' at character 1`),
  one("a hash that is a number", "hash", 5, "must be a string or null; got 5"),
  one("a negative size", "size", -1, "must be at least 0; got -1"),
  one("a size with a fraction", "size", 1.5, "must be an integer or null; got 1.5"),
  one("a size in quotes", "size", "10", "must be an integer or null; got '10'"),
  one("a size above all parts", "size", 53_687_091_200_001, "must be at most 53687091200000; got 53687091200001"),
  one("an empty target", "target", "", "must have at least 1 character; got 0"),
  one("a target of 129 characters", "target", "a".repeat(129), "must have at most 128 characters; got 129"),
  one("a target of 129 emoji", "target", "😀".repeat(129), "must have at most 128 characters; got 129"),
  one("a target that is a number", "target", 4, "must be a string; got 4"),
  one(
    "a target with a NUL",
    "target",
    "a\0b",
    "must be printable characters, such as the triplet aarch64-linux-gnu; got 'a\0b'",
  ),
  one("an id that is no UUID", "id", "x", "must be a UUID such as 0190b1c2-7d3e-7f00-8000-000000000000; got 'x'"),
  one("an empty description", "description", "", "must have at least 1 character; got 0"),
  one("a description of 257 characters", "description", "d".repeat(257), "must have at most 256 characters; got 257"),
  one("metadata that is an array", "custom_metadata", [], "must be an object or null; got []"),
  one("metadata that is JSON in quotes", "custom_metadata", "{}", "must be an object or null; got '{}'"),
  one(
    "a version that is too long to be a PRN",
    "artifact_version_prn",
    "a".repeat(129),
    "must have at most 128 characters; got 129",
  ),
  {
    when: "a version that isn't a PRN",
    send: { artifact_version_prn: "nonsense" },
    expected: refusal(404, "not_found", "there is no artifact version 'nonsense' in this organization"),
  },
  {
    when: "two fields at once",
    send: { size: -1, target: "" },
    expected: {
      status: 422,
      errors: { size: ["must be at least 0; got -1"], target: ["must have at least 1 character; got 0"] },
    },
  },
];

/** `PUT /binaries/{prn}/parts/{index}` for a binary of 10,485,761 bytes; the rest of the body is right. */
export const badParts: { when: string; index: string; send: Record<string, unknown>; expected: Refusal }[] = [
  { when: "index 0", index: "0", send: {}, expected: parameter("index must be at least 1; got 0") },
  { when: "index -1", index: "-1", send: {}, expected: parameter("index must be at least 1; got -1") },
  { when: "index 10001", index: "10001", send: {}, expected: parameter("index must be at most 10000; got 10001") },
  { when: "index 1.5", index: "1.5", send: {}, expected: parameter("index must be an integer; got '1.5'") },
  { when: "index one", index: "one", send: {}, expected: parameter("index must be an integer; got 'one'") },
  {
    when: "another index in the body",
    index: "1",
    send: { index: 2 },
    expected: field("index", "must repeat the path's 1; got 2"),
  },
  {
    when: "another binary in the body",
    index: "1",
    send: { binary_prn: "x" },
    expected: field("binary_prn", "must repeat the path's; got 'x'"),
  },
  {
    when: "another size of the whole",
    index: "1",
    send: { expected_binary_size: 5 },
    expected: field("expected_binary_size", "must be the binary's size 10485761; got 5"),
  },
  { when: "no size", index: "1", send: { size: undefined }, expected: field("size", "is required") },
  { when: "no hash", index: "1", send: { hash: undefined }, expected: field("hash", "is required") },
  {
    when: "a hash of two characters",
    index: "1",
    send: { hash: "zz" },
    expected: field("hash", `${digest}; got 2 characters`),
  },
  { when: "a part of no bytes", index: "1", send: { size: 0 }, expected: field("size", "must be at least 1; got 0") },
  {
    when: "a part of 1 byte that isn't the last",
    index: "1",
    send: { size: 1 },
    expected: field("size", "must be at least 5242880 for every part but the last; got 1 for part 1 of 10485761 bytes"),
  },
  {
    when: "a last part with a byte too many",
    index: "3",
    send: { size: 2 },
    expected: field("size", "must be at least 5242880 for every part but the last; got 2 for part 3 of 10485761 bytes"),
  },
  {
    when: "a part above 5 GiB",
    index: "1",
    send: { size: 5_368_709_121 },
    expected: field("size", "must be at most 5368709120; got 5368709121"),
  },
  {
    when: "a part larger than the whole",
    index: "1",
    send: { size: 10_485_762 },
    expected: field("size", "must be at most the binary's 10485761 bytes; got 10485762"),
  },
  {
    when: "an index that no part of this size can have",
    index: "9",
    send: {},
    expected: field(
      "size",
      "is too much for part 9: of the binary's 10485761 bytes it leaves 5242881 for the 8 before it, which need 5242880 each; got 5242880",
    ),
  },
];

function parameter(detail: string): Refusal {
  return refusal(400, "invalid_parameter", detail);
}
