import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const seed = readFileSync(new URL("../fixtures/seed-binaries.md", import.meta.url), "utf8");
const standIns = fileURLToPath(new URL("./stand-ins", import.meta.url));
const programs = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));

/** The code blocks of a language in the seed, in order, with the headings above them. */
export function blocks(language: string): { heading: string; text: string }[] {
  const found: { heading: string; text: string }[] = [];
  let heading = "";
  for (const match of seed.matchAll(/^#+ (.+)$|^```(\w*)\n([\s\S]*?)^```$/gm)) {
    const inside = match[3];
    if (inside === undefined) heading = match[1] ?? heading;
    else if (match[2] === language) found.push({ heading, text: inside });
  }
  return found;
}

/** The script of the one step in the CI example, with its expressions replaced as GitHub Actions does: as text. */
export function ciScript(values: Record<string, string>): string {
  const [workflow] = blocks("yaml");
  const [, script] = /^( *)run: \|\n/m.test(workflow!.text) ? workflow!.text.split(/^ *run: \|\n/m) : [];
  if (script === undefined) throw new Error("the seed has no step with a script");
  const indent = /^ */.exec(script)![0].length;
  const text = script.replaceAll(new RegExp(`^ {${indent}}`, "gm"), "");
  return text.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the seed's step wants ${name}`);
    return value;
  });
}

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a script by `bash -e` in a directory, with variables set before it. `prepared`: see stand-ins/prelude.sh. */
export async function runScript(
  script: string,
  {
    directory,
    variables,
    prepared = true,
  }: { directory: string; variables: Record<string, string>; prepared?: boolean },
): Promise<Ran> {
  const file = join(directory, "block.sh");
  await writeFile(file, script);
  const child = spawn("bash", ["-e", file], {
    cwd: directory,
    env: {
      PATH: [standIns, programs, process.env.PATH].join(delimiter),
      HOME: directory,
      ...(prepared && { BASH_ENV: join(standIns, "prelude.sh") }),
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran: Ran = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ran.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ran.stderr += text;
  });
  ran.code = await new Promise((resolve) => child.on("close", resolve));
  return ran;
}
