/**
 * The search language of the official API: one to five clauses joined by ` and `, no blanks around operators.
 * Source: "Search Query Language" in the official OpenAPI document.
 */
export const grammar = String.raw`
query = head:clause tail:(" and " @clause)* { return [head, ...tail]; }

clause = key:key operator:operator value:value {
  return { key, operator, ...value, position: range().start };
}

key "a key" = $(word ("." word)*)
word = [A-Za-z_] [A-Za-z0-9_]*

operator "an operator (: - ~ < <= > >=)" = "<=" / ">=" / [:\-~<>]

value
  = string:string { return { type: "string", value: string }; }
  / number:number { return { type: "number", value: number }; }
  / boolean:boolean { return { type: "boolean", value: boolean }; }

string "a string in single quotes" = "'" characters:character* "'" { return characters.join(""); }
character = [^'\\] / "\\" @['\\]

number "a number" = digits:$("-"? [0-9]+ ("." [0-9]+)?) { return Number(digits); }

boolean "true or false" = ("true" / "false") ![A-Za-z0-9_] { return text() === "true"; }
`;
