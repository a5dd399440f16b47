import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The real openssl, in a directory of its own. */
export interface Openssl {
  directory: string;
  /** Runs `openssl …`, given as one would type it. */
  run(command: string): void;
  write(name: string, data: string | Uint8Array): void;
  read(name: string): Buffer;
  /** Makes NAME.pem, and answers the PEM of its public half, which is also in NAME.pub. */
  makeKey(name: string, options: string): string;
  remove(): void;
}

export function openOpenssl(): Openssl {
  const directory = mkdtempSync(join(tmpdir(), "e2e-openssl-"));
  const read = (name: string): Buffer => readFileSync(join(directory, name));
  const run = (command: string): void => {
    execFileSync("openssl", command.split(" "), { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  };
  return {
    directory,
    run,
    read,
    write: (name, data) => writeFileSync(join(directory, name), data),
    makeKey(name, options) {
      run(`genpkey ${options} -out ${name}.pem`);
      run(`pkey -in ${name}.pem -pubout -out ${name}.pub`);
      return read(`${name}.pub`).toString();
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
