import type { ReactNode } from "react";
import { classes } from "./classes.ts";

interface CardProps {
  title?: string;
  /** Right of the title. */
  actions?: ReactNode;
  /** Without inner space: for tables and lists that reach the edge. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

export function Card({ title, actions, flush = false, className, children }: CardProps) {
  return (
    <section className={classes("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title !== undefined && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-1.5">
          <h2 className="text-sm font-medium">{title}</h2>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
      )}
      <div className={flush ? undefined : "p-4"}>{children}</div>
    </section>
  );
}

/** Names and values, one pair a line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-6 gap-y-2.5 text-sm">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

/** Holds the place of what is being loaded. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      className={classes("animate-[pulse-soft_1.4s_ease-in-out_infinite] rounded bg-hover", className)}
      aria-hidden="true"
    />
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border border-line bg-canvas px-1 font-sans text-2xs text-muted">
      {children}
    </kbd>
  );
}
