import type { ErrorComponentProps } from "@tanstack/react-router";
import { Problem } from "../ui/problem.tsx";

/** In the place of a page that failed, also one whose script is from before an update of the server. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const isOld = /dynamically imported module|Importing a module script/.test(String(error));
  if (isOld) return <Problem error={error} retry={() => location.reload()} what="The console was updated meanwhile." />;
  return <Problem error={error} retry={reset} what="This page can't be shown." />;
}
