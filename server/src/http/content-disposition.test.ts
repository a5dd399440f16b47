import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachment } from "./content-disposition.ts";

describe("Content-Disposition", () => {
  it.each([
    ["firmware-1.0.0+x86_64.bin", 'attachment; filename="firmware-1.0.0+x86_64.bin"'],
    ["two words; a=b.bin", 'attachment; filename="two words; a=b.bin"'],
    ["naïve €.bin", "attachment; filename=\"na_ve _.bin\"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.bin"],
    ['say "hi".bin', "attachment; filename=\"say _hi_.bin\"; filename*=UTF-8''say%20%22hi%22.bin"],
    ["50%41.bin", "attachment; filename=\"50_41.bin\"; filename*=UTF-8''50%2541.bin"],
    ["it's(1)*.b€n", "attachment; filename=\"it's(1)*.b_n\"; filename*=UTF-8''it%27s%281%29%2A.b%E2%82%ACn"],
    ["../../etc/passwd", 'attachment; filename=".._.._etc_passwd"'],
    ["C:\\boot.ini", 'attachment; filename="C:_boot.ini"'],
    ["a\r\nSet-Cookie: b", 'attachment; filename="a__Set-Cookie: b"'],
    ["gpj\u202eexe", 'attachment; filename="gpj_exe"'],
    ["half a \ud83d", "attachment; filename=\"half a _\"; filename*=UTF-8''half%20a%20%EF%BF%BD"],
    ["", 'attachment; filename="download"'],
    ["..", 'attachment; filename="download"'],
  ])("of %j is %s", (name, expected) => {
    expect(attachment(name)).toBe(expected);
  });

  it("is one header of printable ASCII, whatever the name", () => {
    const shape = /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]+"(; filename\*=UTF-8''[\w%!#$&+.^`|~-]+)?$/;
    fc.assert(fc.property(fc.string({ unit: "binary" }), (name) => shape.test(attachment(name))));
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => shape.test(attachment(name))));
  });
});
