import { confirm, isCancel, password } from "@clack/prompts";
import { exitCodes, Failure } from "./exit.ts";

function someoneIsThere(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks for a secret on a terminal; null where nobody can answer. */
export async function ask(question: string): Promise<string | null> {
  if (!someoneIsThere()) return null;
  const answer = await password({ message: question, output: process.stderr });
  if (isCancel(answer)) throw new Failure(exitCodes.interrupted, "nothing was changed");
  return answer;
}

/** Asks before something that can't be undone. Scripts aren't asked: what they say is meant. */
export async function agree(question: string, yes: boolean): Promise<void> {
  if (yes || !someoneIsThere()) return;
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new Failure(exitCodes.interrupted, "nothing was changed");
  if (!answer) throw new Failure(exitCodes.refused, "nothing was changed");
}
