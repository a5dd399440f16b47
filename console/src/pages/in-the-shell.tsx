import { useLocation } from "@tanstack/react-router";
import { Terminal } from "lucide-react";
import { places } from "../layout/navigation.ts";
import { CliHint } from "../ui/cli-hint.tsx";
import { Empty } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** For what the console doesn't show yet: the CLI does. */
export function InTheShell() {
  const { pathname } = useLocation();
  const label = places.find(({ to }) => to === pathname)?.label ?? "This page";
  return (
    <>
      <PageHeader title={label} />
      <Empty title="In the shell, for now" icon={<Terminal />} action={<CliHint command="npx peridio --help" />}>
        The console has no page of its own for this yet; the CLI and the API do all of it.
      </Empty>
    </>
  );
}
