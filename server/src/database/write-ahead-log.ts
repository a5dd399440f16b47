import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";

/** SQLite's write-ahead log, as far as making it durable goes. */
export class WriteAheadLog {
  /** Whether something may have been written since the last sync. */
  hasNews = false;
  /** Statements so far that may have written something. */
  writes = 0;
  #waiting: PromiseWithResolvers<void>[] = [];
  readonly #database: string;
  #file: FileHandle | null = null;

  constructor(database: string) {
    this.#database = database;
  }

  noteWrite(): void {
    this.hasNews = true;
    this.writes++;
  }

  /** What was committed before this call is on the disk when it resolves. @throws what the disk says. */
  async sync(): Promise<void> {
    try {
      this.#file ??= await this.#open();
      await this.#file.datasync();
      this.hasNews = false;
      for (const { resolve } of this.#waiting.splice(0)) resolve();
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      throw error;
    }
  }

  /** Resolves when nothing is there that was not synced; whoever wrote it syncs it. @throws what that sync threw. */
  settled(): Promise<void> {
    if (!this.hasNews) return Promise.resolve();
    const waiting = Promise.withResolvers<void>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  /** The file lives as long as the database is open; its name is made durable once. */
  async #open(): Promise<FileHandle> {
    const directory = await open(dirname(this.#database), "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return open(`${this.#database}-wal`, "r");
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}
