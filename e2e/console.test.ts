import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi } from "./api.ts";
import { builtServer, startTestServer, type TestServer } from "./server.ts";
import { operate } from "./support/operator.ts";
import { openBrowser } from "./support/person.ts";

/* How the server serves the console's files; what these do in a browser is the console's own tests'. */

const script = `console.log(${JSON.stringify("x".repeat(5_000))});\n`;
const page =
  '<!doctype html><title>Console</title><script type="module" src="/console/assets/index-Ab12Cd34.js"></script>\n';
const secret = "what no client may read";

const folder = mkdtempSync(join(tmpdir(), "e2e-console-"));
let server: TestServer;

/** A copy of the built server, with these files as its console. */
function built(name: string, files: Record<string, string>): string {
  const place = join(folder, name);
  const isCopied = (path: string) => !path.endsWith(".map") && !path.startsWith(join(builtServer, "console"));
  cpSync(builtServer, place, { recursive: true, filter: isCopied });
  writeFileSync(join(place, "secret.txt"), secret);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(place, "console", path, ".."), { recursive: true });
    writeFileSync(join(place, "console", path), content);
  }
  return place;
}

beforeAll(async () => {
  const place = built("whole", {
    "index.html": page,
    "favicon.svg": "<svg/>",
    "assets/index-Ab12Cd34.js": script,
    "assets/index-Ef56Gh78.css": "body{}",
  });
  const settings = {
    PERIDIO_CONTENT_PUBLIC_URL: "https://content.example.com/peridio",
    PERIDIO_CORS_ORIGINS: "https://other.example.com",
  };
  server = await startTestServer(settings, { built: place });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Unlike fetch, it neither follows, decodes nor adds anything, and leaves the path as it is. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on("error", reject)
      .end();
  });
}

const asset = "/console/assets/index-Ab12Cd34.js";

describe("the console's pages", () => {
  it("are where one looks for them", async () => {
    expect(await get("/")).toMatchObject({ status: 302, headers: { location: "/console/" } });
    expect(await get("/console")).toMatchObject({ status: 308, headers: { location: "/console/" } });
    const { status, headers, body } = await get("/console/");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body.toString()).toBe(page);
    expect(server.output()).toContain(`console       ${server.url}/console/`);
  });

  it.each([
    "/console/binaries",
    "/console/binaries/prn:1:x:binary:y?tab=parts",
    "/console/a/b/c/",
    "/v1/console/",
  ])("answer %s with the one page, whose script shows what is there", async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(body.toString()).toBe(page);
  });

  it.each([
    "/console/assets/index-00000000.js",
    "/console/assets/none",
    "/console/robots.txt",
    "/consoles",
    "/console.js",
  ])("have nothing at %s", async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, headers: { "content-type": "application/json" } });
  });

  it("may do nothing beyond what they are made for", async () => {
    const { headers } = await get("/console/");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self' https://content.example.com; worker-src 'self'; form-action 'self'; base-uri 'none'; " +
        "frame-ancestors 'none'",
    );
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    // Of a worker its own answer's policy counts.
    expect((await get(asset)).headers["content-security-policy"]).toContain("script-src 'self' 'wasm-unsafe-eval'");
  });

  it("may reach the stores of the organization of whoever is signed in, and no other's", async () => {
    const prn = (await callApi(server.url)("GET", "/users/me")).body.data.organization_prn;
    const password = JSON.parse(await operate(server, "users", "create", "ann@example.com", "admin", prn)).password;
    const browser = openBrowser(server.url);
    expect((await browser.signIn("ann@example.com", password)).status).toBe(200);
    const before = await browser.ask("GET", "/console/");
    await callApi(server.url)("POST", "/content_stores", {
      name: "ours",
      url: "s3://firmware?endpoint=https://s3.example.com&region=eu",
      credentials: { access_key_id: "a", secret_access_key: "b" },
    });
    const cached = { "if-none-match": before.headers.get("etag")! };
    const after = await browser.ask("GET", "/console/", undefined, cached);
    expect(after.status).toBe(200);
    expect(after.headers.get("content-security-policy")).toContain(
      "connect-src 'self' https://content.example.com https://s3.example.com;",
    );
    expect((await get("/console/")).headers["content-security-policy"]).not.toContain("s3.example.com");
  });
});

describe("browsers keep", () => {
  it("what has a hash in its name for good", async () => {
    const { status, headers } = await get(asset);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers.etag).toBe(`"${createHash("sha256").update(script).digest("base64url")}"`);
  });

  it.each(["/console/", "/console/favicon.svg"])("%s until it changes, and ask each time", async (path) => {
    const { headers } = await get(path);
    expect(headers["cache-control"]).toBe("private, no-cache");
    const again = await get(path, { "if-none-match": `"other", ${headers.etag}` });
    expect(again).toMatchObject({ status: 304, headers: { etag: headers.etag } });
    expect(again.headers["content-security-policy"]).toBe(headers["content-security-policy"]);
    expect(again.body).toHaveLength(0);
    expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("each coding apart from the others", async () => {
    const [plain, gzip, brotli] = await Promise.all(
      ["identity", "gzip", "gzip, deflate, br"].map((coding) => get(asset, { "accept-encoding": coding })),
    );
    expect(plain!.headers["content-encoding"]).toBeUndefined();
    expect(plain!.body.toString()).toBe(script);
    expect(gzip!.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip!.body).toString()).toBe(script);
    expect(brotli!.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli!.body).toString()).toBe(script);
    expect(new Set([plain, gzip, brotli].map((got) => got!.headers.etag)).size).toBe(3);
    for (const got of [plain, gzip, brotli]) expect(got!.headers.vary).toBe("Origin, Accept-Encoding");
    const cached = { "accept-encoding": "br", "if-none-match": brotli!.headers.etag as string };
    expect((await get(asset, cached)).status).toBe(304);
    const head = await get(asset, { "accept-encoding": "br" }, "HEAD");
    expect(head.headers["content-length"]).toBe(brotli!.headers["content-length"]);
    expect(head.body).toHaveLength(0);
  });
});

describe("nothing else of the disk can be asked for", () => {
  const climbs = ["../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "assets/../../secret.txt", "..\\secret.txt"];
  it.each([
    ...climbs,
    "assets/%2e%2e%5c%2e%2e%5csecret.txt",
    "//../secret.txt",
    "index.html%00.js",
  ])("by /console/%s", async (path) => {
    const { status, body } = await get(`/console/${path}`);
    expect([200, 400, 404]).toContain(status);
    expect(body).not.toContain(secret);
    expect(body).not.toContain("import");
  });
});

it("a server that was built alone says how to build the console", async () => {
  const alone = await startTestServer({}, { built: built("alone", {}) });
  try {
    for (const path of ["/console/", "/console/binaries", "/console/assets/index-Ab12Cd34.js"]) {
      const answer = await fetch(alone.url + path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(await answer.text()).toContain("npm run build");
    }
  } finally {
    await alone.stop();
  }
});
