import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress, publicOnly, type Resolve, urlProblem } from "../http/address-guard.ts";
import { post } from "./send.ts";

const forbidden = [
  ...["0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"],
  ...["172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"],
  ...["224.0.0.1", "240.0.0.1", "255.255.255.255"],
  ...["::", "::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"],
  ...["2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0"],
  ...["fec0::1", "ff02::1", "100::1", "4000::1", "not an address", ""],
];
const open = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "192.167.255.255", "2606:4700:4700::1111", "::ffff:8.8.8.8"];

describe("a public address", () => {
  it.each(forbidden)("is not '%s'", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(open)("is %s", (address) => expect(isPublicAddress(address)).toBe(true));

  /** By the book of RFC 6890, in plain numbers, beside the library. */
  const privateBlocks: [string, number][] = [
    ...([
      ["0.0.0.0", 8],
      ["10.0.0.0", 8],
      ["100.64.0.0", 10],
      ["127.0.0.0", 8],
      ["169.254.0.0", 16],
    ] as [string, number][]),
    ...([
      ["172.16.0.0", 12],
      ["192.168.0.0", 16],
      ["224.0.0.0", 4],
      ["240.0.0.0", 4],
    ] as [string, number][]),
  ];
  const toNumber = (address: string) => address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const isIn = (address: number, [base, bits]: [string, number]) =>
    Math.floor(address / 2 ** (32 - bits)) === Math.floor(toNumber(base) / 2 ** (32 - bits));

  it("is none of a private block, whatever its form", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
        const bytes = [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256);
        if (!privateBlocks.some((block) => isIn(number, block))) return;
        const words = `${((bytes[0]! << 8) | bytes[1]!).toString(16)}:${((bytes[2]! << 8) | bytes[3]!).toString(16)}`;
        for (const form of [bytes.join("."), `::ffff:${bytes.join(".")}`, `::ffff:${words}`, `64:ff9b::${words}`]) {
          expect(isPublicAddress(form), form).toBe(false);
        }
        // What URL makes of decimal, octal, hexadecimal and short spellings.
        const octal = bytes.map((byte) => `0${byte.toString(8)}`).join(".");
        for (const spelling of [String(number), `0x${number.toString(16)}`, octal, `${bytes[0]}.${number % 2 ** 24}`]) {
          expect(urlProblem(`https://${spelling}/`, false), spelling).not.toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the URL of a webhook", () => {
  it.each([
    ["http://example.com/", "must start with https://"],
    ["ftp://example.com/", "must start with https://"],
    ["example.com", "must start with https://"],
    ["https://user:password@example.com/", "must not hold a user name"],
    ["https://example.com/#x", "must not have a fragment"],
    ["https://[::1]/", "must lead to the public internet"],
    ["https://[::ffff:169.254.169.254]/latest", "must lead to the public internet"],
  ])("is not %s", (url, problem) => expect(urlProblem(url, false)).toContain(problem));

  it("is https to anywhere public, or by setting http to anywhere", () => {
    expect(urlProblem("https://example.com:8443/a?b=c", false)).toBeNull();
    expect(urlProblem("http://127.0.0.1:3000/", true)).toBeNull();
  });
});

describe("a connection", () => {
  const answering =
    (...answers: string[]): Resolve =>
    (_name, _options, callback) =>
      callback(
        null,
        answers.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );

  it("is made to what was checked, not to what the name leads to afterwards", async () => {
    const asked: string[] = [];
    const rebinding: Resolve = (name, _options, callback) => {
      asked.push(name);
      callback(null, [{ address: asked.length === 1 ? "8.8.8.8" : "127.0.0.1", family: 4 }]);
    };
    const lookup = publicOnly(rebinding);
    const first = await new Promise((resolve) =>
      lookup("name.test", { all: true }, (error, found) => resolve(error ?? found)),
    );
    expect(first).toEqual([{ address: "8.8.8.8", family: 4 }]);
    const second = await new Promise((resolve) => lookup("name.test", {}, (error) => resolve(error)));
    expect(String(second)).toContain("leads to 127.0.0.1");
  });

  it("is refused when one of several addresses is private", async () => {
    const lookup = publicOnly(answering("8.8.8.8", "10.0.0.1"));
    const error = await new Promise((resolve) => lookup("name.test", { all: true }, (found) => resolve(found)));
    expect(String(error)).toContain("10.0.0.1");
  });

  it("to a name that leads to this machine never reaches it", async () => {
    let reached = 0;
    const server = createServer((_request, response) => {
      reached++;
      response.end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const message = { url: `https://name.test:${port}/`, headers: {}, body: "{}" };
    const outcome = await post(message, { allowPrivate: false, timeout: 1_000, resolve: answering("127.0.0.1") });
    expect(outcome).toMatchObject({ status: null, reason: "host_resolution_failed" });
    expect(outcome.error).toContain("'name.test' leads to 127.0.0.1");
    expect(reached).toBe(0);
    // The same server is there for whoever may reach it.
    await new Promise((resolve) => request({ port, host: "127.0.0.1" }, resolve).end());
    expect(reached).toBe(1);
    server.close();
  });
});

describe("a redirect", () => {
  it("is a failure, and not followed", async () => {
    const seen: string[] = [];
    const server = createServer((incoming, response) => {
      seen.push(incoming.url!);
      response.writeHead(307, { location: "/elsewhere" }).end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const message = { url: `http://127.0.0.1:${port}/hook`, headers: {}, body: "{}" };
    const outcome = await post(message, { allowPrivate: true, timeout: 1_000 });
    expect(outcome).toMatchObject({ status: 307, reason: "response_status" });
    expect(seen).toEqual(["/hook"]);
    server.close();
  });
});
