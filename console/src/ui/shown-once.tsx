import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy.tsx";
import { Dialog } from "./dialog.tsx";

interface ShownOnceProps {
  title: string;
  /** What the server shows now, and never again. */
  value: string;
  /** Says what is copied: `Copy the key`. */
  label: string;
  /** What to do with it. */
  children: ReactNode;
  onClose: () => void;
}

/** A secret that was just made: only the button closes it, lest a slip of the mouse loses it. */
export function ShownOnce({ title, value, label, children, onClose }: ShownOnceProps) {
  return (
    <Dialog title={title} onClose={onClose} firm>
      <p className="mb-3 text-sm text-muted">{children}</p>
      <div className="flex items-center gap-2 rounded-md border border-line bg-canvas p-2">
        <code data-once="" className="min-w-0 flex-1 font-mono text-xs break-all whitespace-pre-wrap">
          {value}
        </code>
        <CopyButton text={value} label={label} />
      </div>
      <div className="mt-4 flex justify-end">
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  );
}
