import { useNavigate } from "@tanstack/react-router";
import { Pause, Pencil, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { sayProblem } from "../../ui/toast.tsx";
import { EditRelease } from "./edit.tsx";
import { stateOf } from "./state.ts";

/** Pausing, resuming, editing and deleting a release. */
export function Running({ release }: { release: Resources["releases"] }) {
  const { prn, name } = release;
  const mayWrite = useMay("releases:write");
  const navigate = useNavigate();
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
      {opened === "delete" && (
        <Confirm
          title="Delete the release"
          action="Delete the release"
          name={name}
          consequences={[
            "Devices that have not got it yet get it no more; those that have it keep what they run.",
            "The release before it leads to the one after it.",
          ]}
          command={`npx peridio releases delete --prn ${prn}`}
          onConfirm={async () => {
            await change("DELETE", "releases", prn);
            await navigate({ to: "/releases" });
            await queryClient.invalidateQueries({ queryKey: ["releases"] });
          }}
          onClose={close}
        />
      )}
    </>
  );
}
