import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { classes } from "./classes.ts";
import { showToast } from "./toast.tsx";

/** Browsers have a clipboard only on https pages and on localhost. */
async function copyText(text: string): Promise<void> {
  if (!navigator.clipboard) throw new Error("no clipboard");
  await navigator.clipboard.writeText(text);
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    copyText(text).then(
      () => setCopied(true),
      () =>
        showToast({ tone: "bad", text: "The browser didn't let the text be copied; select it and copy it by hand." }),
    );
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? "Copied" : label}
      title={copied ? "Copied" : label}
      className={classes(
        "relative z-10 inline-flex size-6 shrink-0 items-center justify-center rounded text-faint transition-colors hover:bg-hover hover:text-ink",
        className,
      )}
    >
      {copied ? <Check className="size-3.5 text-accent" /> : <Copy className="size-3.5" />}
    </button>
  );
}

function Shortened({ text, shown, label }: { text: string; shown: string; label: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5 align-middle">
      <span className="truncate font-mono text-xs text-muted" title={text}>
        {shown}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  );
}

/** A resource name, of which the end tells most. */
export function Prn({ prn, full = false }: { prn: string; full?: boolean }) {
  return <Shortened text={prn} shown={full ? prn : `…${prn.slice(-12)}`} label="Copy the PRN" />;
}

/** A digest or key identifier. */
export function Hash({
  hash,
  full = false,
  label = "Copy the hash",
}: {
  hash: string;
  full?: boolean;
  label?: string;
}) {
  return <Shortened text={hash} shown={full ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`} label={label} />;
}
