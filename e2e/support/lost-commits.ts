import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface LostCommits {
  /** The database's address, past this. */
  databaseUrl: string;
  /** The next so many commits happen, and nobody is told: the connection ends in place of an answer. */
  lose(count: number): void;
  /** How many there have been. */
  lost(): number;
  stop(): Promise<void>;
}

/** Stands before PostgreSQL, and takes away what a client waits for most. */
export async function startLostCommits(databaseUrl: string): Promise<LostCommits> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  let left = 0;
  let lost = 0;
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    let awaited = false;
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(socket);
      socket
        .on("error", () => {})
        .once("close", () => {
          open.delete(socket);
          other.destroy();
        });
    }
    client.on("data", (bytes) => {
      // As the query protocol has it: the text, ended by a zero.
      if (left > 0 && bytes.includes("commit\0")) {
        left--;
        awaited = true;
      }
      database.write(bytes);
    });
    database.on("data", (bytes) => {
      if (!awaited) return void client.write(bytes);
      // It has happened.
      lost++;
      client.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const passed = new URL(databaseUrl);
  passed.port = String((server.address() as AddressInfo).port);
  return {
    databaseUrl: passed.href,
    lose(count) {
      left = count;
    },
    lost: () => lost,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
