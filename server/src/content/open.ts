import { join, resolve } from "node:path";
import { openFilesystemStore } from "./filesystem.ts";
import type { ContentStore } from "./store.ts";

/**
 * Opens the store at `file:PATH`, `s3://…`, `gs://…` or `azblob://…`; without an address, files in the data directory. What reaches an
 * object store is loaded only when there is one. @throws Error that says what is wrong with the address
 */
export async function openContentStore(address: string, dataDirectory: string): Promise<ContentStore> {
  const scheme = /^\w+/.exec(address)?.[0] ?? "file";
  switch (scheme) {
    case "s3": {
      const [{ readS3Url }, { openS3Store }] = await Promise.all([import("./s3/settings.ts"), import("./s3/store.ts")]);
      return openS3Store(readS3Url(address));
    }
    case "gs": {
      const [{ readGoogleUrl }, { openS3Store }] = await Promise.all([
        import("./google/settings.ts"),
        import("./s3/store.ts"),
      ]);
      return openS3Store(readGoogleUrl(address));
    }
    case "azblob": {
      const [{ readAzureUrl }, { openAzureStore }] = await Promise.all([
        import("./azure/settings.ts"),
        import("./azure/store.ts"),
      ]);
      return openAzureStore(readAzureUrl(address));
    }
    default: {
      const [path, options] = address.replace(/^file:/, "").split("?") as [string, string?];
      const shared = new URLSearchParams(options).get("shared") === "true";
      return openFilesystemStore(resolve(path || join(dataDirectory, "content")), { shared });
    }
  }
}
