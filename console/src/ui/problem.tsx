import { ApiError } from "@open-peridio/sdk";
import { CircleAlert } from "lucide-react";
import { Button } from "./button.tsx";

/** An error as a sentence for people. */
export function inWords(error: unknown): string {
  if (error instanceof ApiError) {
    const text = error.message.charAt(0).toUpperCase() + error.message.slice(1);
    const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
    const asked = error.status >= 500 && error.requestId ? ` The server's log knows it as ${error.requestId}.` : "";
    return sentence + asked;
  }
  // What browsers say when nothing answers, each in words of its own.
  if (error instanceof TypeError) return "The server doesn't answer. Is it running, and are you connected?";
  return error instanceof Error ? error.message : String(error);
}

/** In the place of what couldn't be loaded. */
export function Problem({ error, retry, what }: { error: unknown; retry?: () => void; what?: string }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-lg border border-line bg-surface p-5">
      <div className="flex items-start gap-2.5">
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" />
        <div className="min-w-0">
          <p className="font-medium">{what ?? "This couldn't be loaded."}</p>
          <p className="mt-0.5 break-words text-sm text-muted">{inWords(error)}</p>
        </div>
      </div>
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}
