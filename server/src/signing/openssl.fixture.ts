import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The real openssl in a directory of its own; removed by `[Symbol.dispose]`. */
export interface Openssl extends Disposable {
  /** Runs `openssl …` in the directory, given as it would be typed; answers what it printed. */
  run(command: string): Buffer;
  write(name: string, data: string | Buffer): void;
  read(name: string): Buffer;
}

export function openOpenssl(): Openssl {
  const directory = mkdtempSync(join(tmpdir(), "signing-"));
  return {
    run: (command) =>
      execFileSync("openssl", command.split(" "), { cwd: directory, stdio: ["ignore", "pipe", "pipe"] }),
    write: (name, data) => writeFileSync(join(directory, name), data),
    read: (name) => readFileSync(join(directory, name)),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}
