import type { ReactNode } from "react";

interface EmptyProps {
  title: string;
  /** What it is for, and the first step. */
  children: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}

/** In the place of a list that has nothing yet. */
export function Empty({ title, children, action, icon }: EmptyProps) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      {icon && (
        <div className="mb-4 flex size-10 items-center justify-center rounded-lg border border-line bg-canvas text-muted [&_svg]:size-5">
          {icon}
        </div>
      )}
      <h2 className="text-base font-medium">{title}</h2>
      <div className="mt-1.5 max-w-md text-sm text-balance text-muted">{children}</div>
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
