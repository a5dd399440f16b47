import { type ReactNode, useEffect, useRef, useState } from "react";
import { classes } from "./classes.ts";

interface MenuProps {
  label: string;
  /** What the button shows. */
  button: ReactNode;
  buttonClass?: string;
  /** Where it opens, as seen from its button. */
  side?: "top-start" | "bottom-end";
  children: ReactNode;
}

/** A button that opens a list of things to do. Arrow keys move in it, Escape closes it. */
export function Menu({ label, button, buttonClass, side = "bottom-end", children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    items(list.current)[0]?.focus();
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const all = items(list.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
    else if (event.key === "ArrowUp") all[(at - 1 + all.length) % all.length]?.focus();
    else if (event.key === "Escape") {
      setOpen(false);
      root.current?.querySelector("button")?.focus();
    } else if (event.key === "Tab") return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={root} className="relative">
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
        className={buttonClass}
      >
        {button}
      </button>
      {open && (
        <div
          ref={list}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          onKeyDown={onKeyDown}
          // Choosing closes it, by whatever means.
          onClick={() => setOpen(false)}
          className={classes(
            "absolute z-40 min-w-52 animate-[appear_100ms_ease-out] rounded-lg border border-line-strong bg-raised py-1 shadow-raised",
            side === "top-start" ? "bottom-full left-0 mb-1" : "top-full right-0 mt-1",
          )}
        >
          {children}
        </div>
      )}
    </div>
  );
}

function items(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[role^=menuitem]:not([disabled])") ?? [])];
}

interface ItemProps {
  onSelect: () => void;
  checked?: boolean;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

const itemShape =
  "flex w-full items-center gap-2 px-3 py-1.5 text-left text-sm hover:bg-hover focus:bg-hover focus-visible:outline-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted";

export function MenuItem({ onSelect, checked, danger = false, disabled, children }: ItemProps) {
  const role = checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": checked };
  return (
    <button
      type="button"
      {...role}
      disabled={disabled}
      tabIndex={-1}
      onClick={onSelect}
      className={classes(itemShape, danger && "text-bad")}
    >
      {children}
      {checked && <span className="ml-auto text-accent">✓</span>}
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-3 pt-1.5 pb-1 text-2xs font-medium tracking-wide text-faint">{children}</div>;
}

export function MenuLine() {
  return <hr className="my-1 border-line" />;
}
