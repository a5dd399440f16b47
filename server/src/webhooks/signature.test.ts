import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { signDelivery } from "./signature.ts";

/** The vector of the official webhooks reference. */
const secret = Buffer.from("B284A51B143841695B2D7BF3B8554731", "hex");
const publishedAt = "2000-01-01T00:00:00Z";
const body =
  '{"version":1,"prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:event:a727838c-0195-4ccf-8258-cebf4608db8e","type":"device","inserted_at":"2023-09-14T20:23:30Z","data":{"type":"release_changed","data":{"device":{"identifier":"SN1337","prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:device:a2edbb76-5f44-4202-860d-74a8c17d65aa"},"from_release":{"prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:release:499b64fb-1420-4f58-8c73-e5497e1f531e","version":"1.0.0"},"to_release":{"prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:release:f456986f-1a2f-4d73-8f70-96ff05a6bce7","version":"2.0.0"}}}}';

it("signs the official vector in both ways", () => {
  expect(signDelivery([secret], publishedAt, body)).toBe(
    "9B0C6E59201DCE3B936D849922DE87B3AB616A16046755421C0280C7A524C6AB," +
      "FC825FCAA2E4C2688F075144105B75C2943D8B88AC4B5FAB134F2676A63FB6EF",
  );
});

it("signs with both secrets while one is rolled", () => {
  const values = signDelivery([Buffer.alloc(16, 1), secret], publishedAt, body).split(",");
  expect(values).toHaveLength(4);
  expect(values.slice(2).join(",")).toBe(signDelivery([secret], publishedAt, body));
});

describe("what the documentation says to do", () => {
  const text = readFileSync(new URL("../../../docs/webhooks.md", import.meta.url), "utf8");
  const block = (language: string, containing: string): string => {
    const blocks = [...text.matchAll(/```(\w+)\n(.*?)```/gs)].filter(([, kind]) => kind === language);
    return blocks.map(([, , code]) => code!).find((code) => code.includes(containing))!;
  };
  const folder = mkdtempSync(join(tmpdir(), "webhook-docs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const hex = secret.toString("hex").toUpperCase();

  it("in Node takes what we sign, and nothing else", async () => {
    const file = join(folder, "receiver.mjs");
    writeFileSync(file, block("js", "isGenuine"));
    const { isGenuine } = (await import(file)) as {
      isGenuine: (secret: string, at: string, signature: string, body: string) => boolean;
    };
    const signature = signDelivery([Buffer.alloc(16), secret], publishedAt, body);
    expect(isGenuine(hex, publishedAt, signature, body)).toBe(true);
    expect(isGenuine(hex, publishedAt, signature, `${body} `)).toBe(false);
    expect(isGenuine(hex, "2000-01-01T00:00:01Z", signature, body)).toBe(false);
    expect(isGenuine(hex, publishedAt, "", body)).toBe(false);
  });

  it("with openssl prints the first value", () => {
    writeFileSync(join(folder, "body.json"), body);
    const env = { PATH: process.env.PATH, PUBLISHED_AT: publishedAt, SECRET: hex };
    const printed = execFileSync("bash", ["-c", block("bash", "openssl dgst")], { cwd: folder, env }).toString();
    expect(printed.trim().split("= ")[1]!.toUpperCase()).toBe(signDelivery([secret], publishedAt, body).split(",")[0]);
  });
});
