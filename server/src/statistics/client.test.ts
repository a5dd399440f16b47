import fastify from "fastify";
import { describe, expect, it } from "vitest";
import { countryOf, productOf } from "./client.ts";

describe("the product of a user agent", () => {
  it.each([
    ["curl/8.5.0", "curl"],
    ["Peridio-Agent/1.0 (linux; armv7)", "peridio-agent"],
    ["Wget", "wget"],
    ["", "unknown"],
    [undefined, "unknown"],
    ["(nothing)", "unknown"],
    ["x".repeat(41), "unknown"],
    ["zwölf/1", "unknown"],
  ])("of %j is %s", (header, product) => {
    expect(productOf(header)).toBe(product);
  });
});

describe("the country", () => {
  async function ask(trustProxy: boolean | string, header: string, sent: Record<string, string>): Promise<string> {
    const app = fastify({ trustProxy });
    app.get("/", async (request) => ({ country: countryOf(request, header) }));
    const answer = await app.inject({ url: "/", headers: sent });
    await app.close();
    return (answer.json() as { country: string }).country;
  }
  const forwarded = { "x-forwarded-for": "203.0.113.9" };

  it("is what a trusted proxy says, in capitals", async () => {
    expect(await ask("127.0.0.1", "cf-ipcountry", { ...forwarded, "cf-ipcountry": "de" })).toBe("DE");
  });

  it.each(["XX", "Germany", "D", "<>"])("is unknown when it says %s", async (value) => {
    expect(await ask("127.0.0.1", "cf-ipcountry", { ...forwarded, "cf-ipcountry": value })).toBe("unknown");
  });

  it("is unknown when anybody else says it, or no header is set", async () => {
    expect(await ask("10.0.0.1", "cf-ipcountry", { ...forwarded, "cf-ipcountry": "DE" })).toBe("unknown");
    expect(await ask(false, "cf-ipcountry", { ...forwarded, "cf-ipcountry": "DE" })).toBe("unknown");
    expect(await ask("127.0.0.1", "", { ...forwarded, "cf-ipcountry": "DE" })).toBe("unknown");
  });
});
