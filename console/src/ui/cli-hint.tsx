import { Terminal } from "lucide-react";
import { CopyButton } from "./copy.tsx";

/** The same in a shell, to be copied: what can be clicked can be automated. */
export function CliHint({ command, label = "In a shell" }: { command: string; label?: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-canvas py-1 pr-1 pl-2.5">
      <Terminal className="mt-1.5 size-3.5 shrink-0 text-faint" aria-hidden="true" />
      <span className="sr-only">{label}:</span>
      <code className="min-w-0 flex-1 py-1 font-mono text-xs leading-4.5 break-words whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">
        {command}
      </code>
      <CopyButton text={command} label="Copy the command" />
    </div>
  );
}

/** A word of a command, quoted where a shell needs it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
