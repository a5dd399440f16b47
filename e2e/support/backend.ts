import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeDatabase } from "../../server/src/database/databases.fixture.ts";
import { startAzure } from "./azure-server.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";
import { bucket, type ObjectServer, startS3 } from "./s3-server.ts";

/** What a server of the tests keeps its records and its content in. */
export const backends = [
  "sqlite+files",
  "postgres+files",
  "postgres+shared-files",
  "postgres+s3",
  "postgres+azure",
] as const;
export type Backend = (typeof backends)[number];

/** The one for tests that don't say: `E2E_BACKEND=postgres+s3 npx vitest run --project e2e` runs them all on another. */
export const usualBackend = (process.env.E2E_BACKEND ?? "sqlite+files") as Backend;

export interface RunningBackend {
  /** What every server on it needs. */
  settings: Record<string, string>;
  databaseUrl: string | null;
  /** Where content lies as files; null where it doesn't. */
  contentRoot: string | null;
  objects: ObjectServer | null;
  /** Its own, which may be killed; null where it is shared by all tests. */
  postgres: PostgresServer | null;
  remove(): Promise<void>;
}

/** @param mortal whether its database will be killed, and must keep what it acknowledged */
export async function startBackend(
  backend: Backend,
  dataDirectory: string,
  { mortal = false }: { mortal?: boolean } = {},
): Promise<RunningBackend> {
  const [databaseKind, contentKind] = backend.split("+") as [string, string];
  const postgres = mortal ? await startPostgres({ durable: true }) : null;
  const database = databaseKind === "postgres" ? await makeDatabase("postgres", postgres?.url) : null;
  const objects = contentKind === "s3" ? await startS3() : contentKind === "azure" ? await startAzure() : null;
  const prefix = randomBytes(4).toString("hex");
  const scheme = contentKind === "azure" ? "azblob" : "s3";
  return {
    settings: {
      ...(database && { PERIDIO_DATABASE_URL: database.url, PERIDIO_SECRET_KEY: randomBytes(32).toString("hex") }),
      ...(contentKind === "shared-files" && {
        PERIDIO_CONTENT_URL: `file:${join(dataDirectory, "content")}?shared=true`,
      }),
      ...(objects && { PERIDIO_CONTENT_URL: `${scheme}://${bucket}/${prefix}?endpoint=${objects.endpoint}` }),
      ...objects?.environment,
    },
    databaseUrl: database?.url ?? null,
    contentRoot: objects ? objects.objects && join(objects.objects, bucket, prefix) : join(dataDirectory, "content"),
    objects,
    postgres,
    async remove() {
      await objects?.stop();
      await (postgres ? postgres.stop() : database?.remove());
    },
  };
}
