import { Archive, ArchiveRestore } from "lucide-react";
import { useState } from "react";
import { change } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { both } from "../api/search-text.ts";
import { useMay } from "../session/session.ts";
import { Button, IconButton } from "./button.tsx";
import { Confirm } from "./confirm.tsx";
import { useListState } from "./list-state.ts";
import { sayDone, sayProblem } from "./toast.tsx";

/** Kinds of things that can be archived, with what the CLI calls them, and what goes along. */
const kinds = {
  artifacts: { noun: "artifact", command: "artifacts", along: "Its versions and their binaries go along." },
  artifact_versions: { noun: "version", command: "artifact-versions", along: "Its binaries go along." },
  binaries: { noun: "binary", command: "binaries", along: null },
} as const;

interface ArchiveButtonProps {
  resource: keyof typeof kinds;
  thing: { prn: string; archived: boolean };
}

/** Puts a thing into the archive, or takes it back. */
export function ArchiveButton({ resource, thing: { prn, archived } }: ArchiveButtonProps) {
  const [asking, setAsking] = useState(false);
  const { noun, command, along } = kinds[resource];
  if (!useMay("binaries:write")) return null;
  const write = async (wanted: boolean) => {
    await change("PATCH", resource, prn, { archived: wanted });
    await Promise.all(Object.keys(kinds).map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })));
    sayDone(wanted ? `The ${noun} is archived.` : `The ${noun} is back.`);
  };
  const takeBack = (): void => {
    write(false).catch((error: unknown) => sayProblem(error, takeBack));
  };
  if (archived) {
    return (
      <IconButton label="Take back from the archive" onClick={takeBack}>
        <ArchiveRestore />
      </IconButton>
    );
  }
  return (
    <>
      <IconButton label="Archive" onClick={() => setAsking(true)}>
        <Archive />
      </IconButton>
      {asking && (
        <Confirm
          title={`Archive the ${noun}`}
          action={`Archive the ${noun}`}
          consequences={[
            "It is hidden from lists, and no new bundle takes it. Nothing is deleted.",
            ...(along ? [along] : []),
            "It can be taken back at any time.",
          ]}
          command={`npx peridio ${command} archive --prn ${prn}`}
          onConfirm={() => write(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

const archivedToo = "archived:'any'";

/** Has the list of the page show what is archived as well. */
export function ArchivedToggle() {
  const [{ search, order }, setState] = useListState();
  const clauses = (search ?? "").split(" and ").filter((clause) => clause !== "");
  const shown = clauses.includes(archivedToo);
  const toggle = () => {
    const rest = both(...clauses.filter((clause) => clause !== archivedToo));
    setState({ ...(order && { order }), search: shown ? rest : both(rest, archivedToo) });
  };
  return (
    <Button onClick={toggle} aria-pressed={shown}>
      <Archive />
      {shown ? "Without archived" : "Archived too"}
    </Button>
  );
}
