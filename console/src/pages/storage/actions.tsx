import { bodyOf } from "@open-peridio/sdk";
import { CirclePlay, Ellipsis, FlaskConical, Pencil, Trash2, Truck, Undo2 } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { moreButton } from "../../ui/more-button.ts";
import { sayDone, sayProblem } from "../../ui/toast.tsx";
import { DeleteStore } from "./delete.tsx";
import { EditStore } from "./edit.tsx";
import { StartMove } from "./start-move.tsx";

type Store = Resources["content_stores"];

const refresh = () => queryClient.invalidateQueries({ queryKey: ["content_stores"] });

export function Actions({ store }: { store: Store }) {
  const { prn, state } = store;
  const params = { path: { prn } };
  const [opened, setOpened] = useState<"edit" | "activate" | "deactivate" | "move" | "delete" | null>(null);
  const [testing, setTesting] = useState(false);
  const close = () => setOpened(null);

  const test = async (): Promise<void> => {
    setTesting(true);
    try {
      const { store_test } = await bodyOf(client.api.POST("/content_stores/{prn}/test", { params }));
      if (store_test.passed) sayDone("The store does all that it must.");
      await refresh();
    } catch (error) {
      sayProblem(error, test);
    } finally {
      setTesting(false);
    }
  };
  return (
    <>
      <Button onClick={() => void test()} busy={testing}>
        <FlaskConical />
        Test
      </Button>
      {state === "active" ? (
        <Button onClick={() => setOpened("deactivate")}>
          <Undo2 />
          Deactivate
        </Button>
      ) : (
        <Button look="primary" onClick={() => setOpened("activate")}>
          <CirclePlay />
          Activate
        </Button>
      )}
      <Menu label="More" button={<Ellipsis className="size-4" />} buttonClass={moreButton}>
        <MenuItem onSelect={() => setOpened("edit")}>
          <Pencil />
          Edit…
        </MenuItem>
        <MenuItem onSelect={() => setOpened("move")}>
          <Truck />
          Move content…
        </MenuItem>
        <MenuItem onSelect={() => setOpened("delete")} danger>
          <Trash2 />
          Delete…
        </MenuItem>
      </Menu>
      {opened === "edit" && <EditStore store={store} onClose={close} />}
      {opened === "move" && <StartMove to={prn} onClose={close} />}
      {opened === "activate" && <Activate prn={prn} onClose={close} />}
      {opened === "deactivate" && <Deactivate prn={prn} onClose={close} />}
      {opened === "delete" && <DeleteStore store={store} onClose={close} />}
    </>
  );
}

interface AskProps {
  prn: string;
  onClose: () => void;
}

function Activate({ prn, onClose }: AskProps) {
  return (
    <Confirm
      title="Activate the store"
      action="Test and activate"
      tone="plain"
      consequences={[
        "It is tested first, and not activated when a step fails.",
        "New content is kept here from then on. What is elsewhere stays there, and is found.",
      ]}
      command={`npx peridio storage activate --prn ${prn}`}
      onConfirm={async () => {
        try {
          await bodyOf(client.api.POST("/content_stores/{prn}/activate", { params: { path: { prn } } }));
        } finally {
          await refresh();
        }
      }}
      onClose={onClose}
    />
  );
}

function Deactivate({ prn, onClose }: AskProps) {
  return (
    <Confirm
      title="Deactivate the store"
      action="Deactivate"
      tone="plain"
      consequences={["New content is kept in the server's own store again. What is here stays, and is found."]}
      command={`npx peridio storage deactivate --prn ${prn}`}
      onConfirm={async () => {
        await bodyOf(client.api.POST("/content_stores/{prn}/deactivate", { params: { path: { prn } } }));
        await refresh();
      }}
      onClose={onClose}
    />
  );
}
