import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";

interface DialogProps {
  title: string;
  onClose: () => void;
  wide?: boolean;
  /** At the right edge, as high as the window: for looking at one of a list. */
  side?: boolean;
  /** Closed by its buttons alone: for what can't be shown again. */
  firm?: boolean;
  children: ReactNode;
}

/** A modal of the platform: it traps the focus, closes with Escape and gives the focus back by itself. */
export function Dialog({ title, onClose, wide = false, side = false, firm = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
    // Into what is asked for, not onto the button that closes it.
    body.current?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same.
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !firm) onClose();
      }}
      className={classes(
        "overflow-hidden border-line-strong bg-raised p-0 text-ink shadow-raised",
        side
          ? "m-0 ml-auto h-dvh max-h-none w-full max-w-xl animate-[slide-in_140ms_ease-out] border-l"
          : "m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-1.5rem)] animate-[appear_120ms_ease-out] rounded-xl border",
        !side && (wide ? "max-w-3xl" : "max-w-lg"),
      )}
    >
      <div className={classes("flex flex-col", side ? "h-full" : "max-h-[calc(100dvh-2rem)]")}>
        <div className="flex min-h-12 items-center justify-between gap-4 border-b border-line py-2.5 pr-2.5 pl-5">
          <h2 id={heading} className="truncate text-base font-semibold">
            {title}
          </h2>
          {!firm && (
            <IconButton label="Close" onClick={onClose}>
              <X />
            </IconButton>
          )}
        </div>
        <div ref={body} className="min-h-0 overflow-y-auto p-5">
          {children}
        </div>
      </div>
    </dialog>
  );
}
