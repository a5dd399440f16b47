import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeDatabase } from "../../server/src/database/databases.fixture.ts";
import { startAzure } from "./azure-server.ts";
import { bucket, type ObjectServer, startS3 } from "./s3-server.ts";

/** What a server of the tests keeps its records and its content in. */
export const backends = ["sqlite+files", "postgres+files", "postgres+s3", "postgres+azure"] as const;
export type Backend = (typeof backends)[number];

/** The one for tests that don't say: `E2E_BACKEND=postgres+s3 npx vitest run --project e2e` runs them all on another. */
export const usualBackend = (process.env.E2E_BACKEND ?? "sqlite+files") as Backend;

export interface RunningBackend {
  settings: Record<string, string>;
  databaseUrl: string | null;
  /** Where content lies as files; null where it doesn't. */
  contentRoot: string | null;
  objects: ObjectServer | null;
  remove(): Promise<void>;
}

export async function startBackend(backend: Backend, dataDirectory: string): Promise<RunningBackend> {
  const [databaseKind, contentKind] = backend.split("+") as [string, string];
  const database = databaseKind === "postgres" ? await makeDatabase("postgres") : null;
  const objects = contentKind === "s3" ? await startS3() : contentKind === "azure" ? await startAzure() : null;
  const prefix = randomBytes(4).toString("hex");
  const scheme = contentKind === "azure" ? "azblob" : "s3";
  return {
    settings: {
      ...(database && { PERIDIO_DATABASE_URL: database.url }),
      ...(objects && { PERIDIO_CONTENT_URL: `${scheme}://${bucket}/${prefix}?endpoint=${objects.endpoint}` }),
      ...objects?.environment,
    },
    databaseUrl: database?.url ?? null,
    contentRoot: objects ? objects.objects && join(objects.objects, bucket, prefix) : join(dataDirectory, "content"),
    objects,
    async remove() {
      await objects?.stop();
      await database?.remove();
    },
  };
}
