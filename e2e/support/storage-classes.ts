import http from "node:http";
import type { AddressInfo } from "node:net";

export interface StorageClasses {
  /** Its address, to be used in place of the store's. */
  origin: string;
  /** The class of the only object; STANDARD when it was never given another. */
  classOf(key: string): string;
  /** What has been asked to be restored is there now. */
  thaw(): void;
  /** How often restoring was asked for. */
  restores(): number;
  stop(): Promise<void>;
}

const frozen = ["GLACIER", "DEEP_ARCHIVE"];

/**
 * Amazon's storage classes before a store that has none: an object that is copied onto itself with another class is in that
 * class, and from GLACIER and DEEP_ARCHIVE nothing can be read before it is restored.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ of CopyObject, RestoreObject, HeadObject and GetObject
 */
export async function startStorageClasses(store: string): Promise<StorageClasses> {
  const classes = new Map<string, string>();
  const restoring = new Map<string, "ongoing" | "done">();
  let asked = 0;
  const isFrozen = (key: string) => frozen.includes(classes.get(key) ?? "") && restoring.get(key) !== "done";

  const server = http.createServer((request, response) => {
    const { pathname: key, searchParams } = new URL(request.url!, store);
    const xml = (status: number, body: string) => {
      request.resume();
      response.writeHead(status, { "content-type": "application/xml" }).end(body);
    };
    if (request.method === "PUT" && request.headers["x-amz-copy-source"]) {
      const source = `/${String(request.headers["x-amz-copy-source"]).replace(/^\//, "")}`;
      if (source !== key) return xml(501, "<Error><Code>NotImplemented</Code></Error>");
      if (isFrozen(key)) return xml(403, "<Error><Code>InvalidObjectState</Code></Error>");
      classes.set(key, String(request.headers["x-amz-storage-class"]));
      restoring.delete(key);
      return xml(200, '<CopyObjectResult><ETag>"same"</ETag></CopyObjectResult>');
    }
    if (request.method === "POST" && searchParams.has("restore")) {
      asked++;
      restoring.set(key, "ongoing");
      return xml(202, "");
    }
    if (request.method === "GET" && isFrozen(key)) {
      return xml(403, "<Error><Code>InvalidObjectState</Code><Message>is not valid for its class</Message></Error>");
    }
    const { connection: _, ...headers } = request.headers;
    const forwarded = http.request(new URL(request.url!, store), { method: request.method, headers }, (answer) => {
      const now = classes.get(key);
      const restored = restoring.get(key);
      response.writeHead(answer.statusCode!, {
        ...answer.headers,
        ...(request.method === "HEAD" && now && now !== "STANDARD" && { "x-amz-storage-class": now }),
        ...(request.method === "HEAD" &&
          restored && { "x-amz-restore": `ongoing-request="${restored === "ongoing"}"` }),
      });
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    classOf: (key) => [...classes].find(([path]) => path.includes(key))?.[1] ?? "STANDARD",
    thaw: () => {
      for (const key of restoring.keys()) restoring.set(key, "done");
    },
    restores: () => asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
