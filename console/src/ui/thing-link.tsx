import { Link } from "@tanstack/react-router";
import { pathOf } from "../paths.ts";

/** Leads to the page about what a PRN names; shows its end, or a name where one is known. */
export function ThingLink({ prn, name }: { prn: string | null; name?: string | undefined }) {
  if (prn === null) return <span className="text-faint">–</span>;
  const shown = name ?? `…${prn.slice(-12)}`;
  const path = pathOf(prn);
  if (path === null) return <span title={prn}>{shown}</span>;
  return (
    <Link
      to={path}
      title={prn}
      className="relative z-10 underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {shown}
    </Link>
  );
}
