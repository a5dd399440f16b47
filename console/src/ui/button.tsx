import { Link } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";

const looks = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong border-transparent",
  plain: "bg-surface text-ink hover:bg-hover border-line-strong",
  ghost: "text-muted hover:bg-hover hover:text-ink border-transparent",
  danger: "bg-bad text-bad-ink hover:bg-bad-strong border-transparent",
  "danger-plain": "bg-surface text-bad hover:bg-bad-soft border-line-strong",
};

const shape =
  "inline-flex items-center justify-center gap-1.5 rounded-md border px-2.5 h-8 text-sm font-medium whitespace-nowrap " +
  "select-none transition-colors duration-100 disabled:opacity-50 disabled:pointer-events-none [&_svg]:size-3.5 [&_svg]:shrink-0";

export type Look = keyof typeof looks;

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  /** Shows that its work is going on. */
  busy?: boolean;
}

export function Button({ look = "plain", busy = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={classes(shape, looks[look], className)}
    >
      {busy && <span className="size-3 animate-spin rounded-full border-2 border-current border-r-transparent" />}
      {children}
    </button>
  );
}

interface LinkProps {
  to: string;
  look?: Look;
  className?: string;
  children: ReactNode;
}

/** Looks like a button, leads to another page. */
export function ButtonLink({ to, look = "plain", className, children }: LinkProps) {
  return (
    <Link to={to} className={classes(shape, looks[look], className)}>
      {children}
    </Link>
  );
}

/** Looks like a button, and has the browser keep what the server answers as a file. */
export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} download="" className={classes(shape, looks.plain)}>
      {children}
    </a>
  );
}

/** A button that is only a picture; `label` says it in words. */
export function IconButton({ label, className, children, ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classes(
        "inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:opacity-40 [&_svg]:size-4",
        className,
      )}
    >
      {children}
    </button>
  );
}
