const known =
  "known keys: inserted_at, updated_at, prn, archived, artifact_version_prn, content_store_prn, organization_prn, " +
  "description, hash, quarantined, size, state, target, custom_metadata.KEY";
const value = "Expected a number, a string in single quotes, or true or false but";
const operator = "Expected an operator (: - ~ < <= > >=) but";
const more = 'Expected " and " or end of input but';

/** Searches of `GET /binaries`, and what is wrong with each, from which character on. */
export const badSearches: { search: string; at: number; problem: string }[] = [
  { search: " ", at: 1, problem: 'Expected a key but " " found.' },
  { search: "(target:'x')", at: 1, problem: 'Expected a key but "(" found.' },
  { search: "'x':target", at: 1, problem: 'Expected a key but "\'" found.' },
  { search: "target", at: 7, problem: `${operator} end of input found.` },
  { search: "target='x'", at: 7, problem: `${operator} "=" found.` },
  { search: "target : 'x'", at: 7, problem: `${operator} " " found.` },
  { search: "target:", at: 8, problem: `${value} end of input found.` },
  { search: "target: 'x'", at: 8, problem: `${value} " " found.` },
  { search: "target:x", at: 8, problem: `${value} "x" found.` },
  { search: 'target:"x"', at: 8, problem: `${value} "\\"" found.` },
  { search: "target:'x' AND size:1", at: 11, problem: `${more} " " found.` },
  { search: "target:'x' or size:1", at: 11, problem: `${more} " " found.` },
  { search: "target:'x'  and size:1", at: 11, problem: `${more} " " found.` },
  { search: "size:1 and ", at: 12, problem: "Expected a key but end of input found." },
  { search: "size:1 and", at: 7, problem: `${more} " " found.` },
  { search: "size:1;", at: 7, problem: `${more} ";" found.` },
  { search: "target:'it's'", at: 12, problem: `${more} "s" found.` },
  { search: "nope:'x'", at: 1, problem: `unknown key 'nope'; ${known}` },
  { search: "size:1 and nope:'x'", at: 12, problem: `unknown key 'nope'; ${known}` },
  { search: "__proto__:'x'", at: 1, problem: `unknown key '__proto__'; ${known}` },
  { search: "constructor:'x'", at: 1, problem: `unknown key 'constructor'; ${known}` },
  { search: "custom_metadata:'x'", at: 1, problem: `unknown key 'custom_metadata'; ${known}` },
  { search: "custom_metadata.a.b:'x'", at: 1, problem: `unknown key 'custom_metadata.a.b'; ${known}` },
  { search: "size~5", at: 1, problem: "'size' can't be compared with '~'; it takes : > >= < <=" },
  { search: "target>'x'", at: 1, problem: "'target' can't be compared with '>'; it takes : ~" },
  { search: "target-'x'", at: 1, problem: "'target' can't be compared with '-'; it takes : ~" },
  { search: "size:'5'", at: 1, problem: "'size' wants a whole number without quotes; got '5'" },
  { search: "size:5.5", at: 1, problem: "'size' wants a whole number without quotes; got 5.5" },
  { search: "size:true", at: 1, problem: "'size' wants a whole number without quotes; got true" },
  { search: "target:5", at: 1, problem: "'target' wants a string in single quotes; got 5" },
  { search: "prn:true", at: 1, problem: "'prn' wants a string in single quotes; got true" },
  {
    search: "inserted_at:'yesterday'",
    at: 1,
    problem: "'inserted_at' wants a UTC time such as '2026-01-31T00:00:00Z'; got 'yesterday'",
  },
  {
    search: "inserted_at>2026",
    at: 1,
    problem: "'inserted_at' wants a UTC time such as '2026-01-31T00:00:00Z'; got 2026",
  },
  { search: Array(6).fill("size:1").join(" and "), at: 56, problem: "a search has at most 5 clauses; got 6" },
  {
    search: `target:'${"x".repeat(4096)}'`,
    at: 4097,
    problem: "a search has at most 4096 characters; got 4105",
  },
];

const foreignCursor = Buffer.from('["asc","2026-01-01T00:00:00Z","x"]').toString("base64url");

/** Query strings of any list. */
export const badQueries: { query: string; detail: string }[] = [
  { query: "limit=0", detail: "limit must be at least 1; got 0" },
  { query: "limit=101", detail: "limit must be at most 100; got 101" },
  { query: "limit=-1", detail: "limit must be at least 1; got -1" },
  { query: "limit=ten", detail: "limit must be an integer; got 'ten'" },
  { query: "limit=1.5", detail: "limit must be an integer; got '1.5'" },
  { query: "limit=", detail: "limit must be an integer; got ''" },
  { query: "limit=1&limit=2", detail: 'limit must be an integer; got ["1","2"]' },
  { query: "order=up", detail: "order must be one of asc, desc; got 'up'" },
  { query: "page=xyz", detail: "page must be the next_page of an answer; got something else" },
  { query: "page=bnVsbA", detail: "page must be the next_page of an answer; got something else" },
  { query: `page=${"a".repeat(513)}`, detail: "page must have at most 512 characters; got 513" },
  { query: `page=${foreignCursor}&order=desc`, detail: "order must be 'asc', as on the page before, or be left out" },
  { query: "search=a&search=b", detail: 'search must be a string; got ["a","b"]' },
];
