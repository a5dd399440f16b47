import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";

/** SQLite's write-ahead log, as far as making it durable goes. */
export class WriteAheadLog {
  /** Whether something may have been written since the last sync. */
  hasNews = false;
  readonly #database: string;
  #file: FileHandle | null = null;

  constructor(database: string) {
    this.#database = database;
  }

  /** What was committed before this call is on the disk when it resolves. @throws what the disk says. */
  async sync(): Promise<void> {
    this.#file ??= await this.#open();
    await this.#file.datasync();
    this.hasNews = false;
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
