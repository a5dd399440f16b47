import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode, useEffect } from "react";

interface PageHeaderProps {
  title: string;
  /** Where the page lies: the way back up. */
  trail?: { label: string; to: string }[];
  /** Beside the title: a state. */
  badge?: ReactNode;
  /** Under the title: one line of facts. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, trail = [], badge, children, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Peridio`;
  }, [title]);
  return (
    <header className="mb-6">
      {trail.length > 0 && (
        <nav aria-label="Breadcrumb" className="mb-1.5 flex min-w-0 items-center gap-1.5 text-xs text-muted">
          {trail.map(({ label, to }) => (
            <Fragment key={to}>
              <Link to={to} className="truncate hover:text-ink hover:underline">
                {label}
              </Link>
              <span aria-hidden="true" className="text-faint">
                /
              </span>
            </Fragment>
          ))}
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words [overflow-wrap:anywhere]">{title}</h1>
          {badge}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children && (
        <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">{children}</div>
      )}
    </header>
  );
}
