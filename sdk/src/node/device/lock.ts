import { hash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { createServer, type Server } from "node:net";

/**
 * Keeps a second device out of the same directory, as long as this process lives: a name of the kernel's own, which goes
 * with it even when it is killed. Only Linux has such names; elsewhere nothing is kept out. @throws Error
 */
export async function lockDirectory(directory: string): Promise<Server | null> {
  if (process.platform !== "linux") return null;
  const server = createServer();
  const name = `\0peridio-device-${hash("sha256", await realpath(directory))}`;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new Error(`another device runs in ${directory}`) : error),
    );
    server.listen(name, resolve);
  });
  return server.unref();
}
