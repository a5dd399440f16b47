import { FileUp } from "lucide-react";
import { useId, useState } from "react";
import { bytes } from "../ui/bytes.ts";
import { classes } from "../ui/classes.ts";

interface DropZoneProps {
  label: string;
  hint: string;
  /** What was chosen. */
  file?: File | null;
  onFile: (file: File) => void;
}

/** Takes one file, dropped or chosen. */
export function DropZone({ label, hint, file, onFile }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keys; the field within can be reached by them.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
      className={classes(
        "relative flex flex-col items-center justify-center gap-1 rounded-lg border border-dashed px-4 py-7 text-center transition-colors",
        "has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent",
        over ? "border-accent bg-accent-soft" : "border-line-strong bg-canvas hover:border-faint",
      )}
    >
      <FileUp className="mb-1 size-5 text-muted" />
      <label htmlFor={id} className="cursor-pointer text-sm font-medium after:absolute after:inset-0">
        {file ? <span className="break-all">{file.name}</span> : label}
      </label>
      <span className="text-xs text-muted">{file ? bytes(file.size) : hint}</span>
      <input
        id={id}
        type="file"
        className="sr-only"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onFile(chosen);
          event.target.value = "";
        }}
      />
    </div>
  );
}
