import { get } from "node:http";
import { json } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { callApi, makeBinary } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";

let server: TestServer;
afterEach(() => server.stop());

/** A download link as a client gets it that reached the server under this name. */
async function linkFor(settings: Record<string, string>, host: string): Promise<string> {
  server = await startTestServer(settings);
  const api = callApi(server.url);
  const content = Buffer.from("firmware");
  const prn = await makeBinary(api, content);
  await api("PUT", `/binaries/${prn}/content`, content.toString());
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${apiKey}` };
    get(`${server.url}/binaries/${prn}/download_url`, { headers }, async (answer) => {
      resolve(((await json(answer)) as { download_url: string }).download_url);
    }).on("error", reject);
  });
}

it("a link starts with the address that the client used", async () => {
  expect(await linkFor({}, "peridio.lan:4000")).toMatch(/^http:\/\/peridio\.lan:4000\/cdn\//);
});

it("but never with what can't be an address", async () => {
  expect(await linkFor({}, "peridio.lan/evil?")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/cdn\//);
});

it("with PERIDIO_PUBLIC_URL where that is set", async () => {
  const settings = { PERIDIO_PUBLIC_URL: "https://peridio.example.com/" };
  expect(await linkFor(settings, "internal:4000")).toMatch(/^https:\/\/peridio\.example\.com\/cdn\//);
});

it("with PERIDIO_CONTENT_PUBLIC_URL before all else", async () => {
  const settings = {
    PERIDIO_PUBLIC_URL: "https://peridio.example.com",
    PERIDIO_CONTENT_PUBLIC_URL: "http://cdn.example.com",
  };
  expect(await linkFor(settings, "internal:4000")).toMatch(/^http:\/\/cdn\.example\.com\/cdn\//);
});
