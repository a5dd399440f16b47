import { Pause, Pencil, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { sayProblem } from "../../ui/toast.tsx";
import { DeleteRelease } from "./delete.tsx";
import { EditRelease } from "./edit.tsx";
import { stateOf } from "./state.ts";

/** Pausing, resuming, editing and deleting a release. */
export function Running({ release }: { release: Resources["releases"] }) {
  const { prn } = release;
  const mayWrite = useMay("releases:write");
  const [opened, setOpened] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpened(null);
  if (!mayWrite) return null;
  const stands = stateOf(release) === "paused" || stateOf(release) === "halted";
  const params = { params: { path: { prn } } };
  const flip = async (): Promise<void> => {
    try {
      if (stands) await client.api.POST("/releases/{prn}/resume", params);
      else await client.api.POST("/releases/{prn}/pause", params);
      await queryClient.invalidateQueries({ queryKey: ["releases"] });
    } catch (error) {
      sayProblem(error, flip);
    }
  };
  return (
    <>
      <IconButton label="Delete" onClick={() => setOpened("delete")}>
        <Trash2 />
      </IconButton>
      <Button data-edit="" onClick={() => setOpened("edit")}>
        <Pencil />
        Edit
      </Button>
      <Button look={stands ? "primary" : "plain"} onClick={() => void flip()}>
        {stands ? <Play /> : <Pause />}
        {stands ? "Resume" : "Pause"}
      </Button>
      {opened === "edit" && <EditRelease release={release} onClose={close} />}
      {opened === "delete" && <DeleteRelease release={release} onClose={close} />}
    </>
  );
}
