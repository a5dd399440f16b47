import { useNavigate } from "@tanstack/react-router";
import { Pencil, Rocket, Trash2 } from "lucide-react";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { CreateRelease } from "../releases/create.tsx";

interface AskProps {
  bundle: Resources["bundles"];
  onClose: () => void;
}

export function Actions({ bundle }: { bundle: Resources["bundles"] }) {
  const mayWrite = useMay("releases:write");
  const [opened, setOpened] = useState<"rename" | "delete" | "release" | null>(null);
  const close = () => setOpened(null);
  if (!mayWrite) return null;
  return (
    <>
      <IconButton label="Delete" onClick={() => setOpened("delete")}>
        <Trash2 />
      </IconButton>
      <Button data-edit="" onClick={() => setOpened("rename")}>
        <Pencil />
        Rename
      </Button>
      <Button look="primary" onClick={() => setOpened("release")}>
        <Rocket />
        Release
      </Button>
      {opened === "release" && <CreateRelease bundlePrn={bundle.prn} onClose={close} />}
      {opened === "rename" && <Rename bundle={bundle} onClose={close} />}
      {opened === "delete" && <Delete bundle={bundle} onClose={close} />}
    </>
  );
}

function Rename({ bundle: { prn, name }, onClose }: AskProps) {
  const [values, setValues] = useState<Values>(name === null ? {} : { name });
  const rename = async (given: Values) => {
    await change("PATCH", "bundles", prn, { name: given.name ?? null });
    await queryClient.invalidateQueries({ queryKey: ["bundles"] });
    onClose();
  };
  return (
    <Dialog title="Rename the bundle" onClose={onClose}>
      <Form submit="Rename" onSubmit={rename} onCancel={onClose} onValues={setValues}>
        <TextField name="name" label="Name" defaultValue={name ?? ""} optional autoFocus />
        <CliHint command={`npx peridio bundles update --prn ${prn} --name ${shellWord(values.name ?? "NAME")}`} />
      </Form>
    </Dialog>
  );
}

function Delete({ bundle: { prn, name }, onClose }: AskProps) {
  const navigate = useNavigate();
  return (
    <Confirm
      title="Delete the bundle"
      action="Delete the bundle"
      name={name ?? prn}
      consequences={[
        "It only works while no release and no override uses the bundle: no device loses an update by it.",
        "Its binaries stay. Signatures over the bundle go with it.",
      ]}
      command={`npx peridio bundles delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "bundles", prn);
        await navigate({ to: "/bundles" });
        await queryClient.invalidateQueries({ queryKey: ["bundles"] });
      }}
      onClose={onClose}
    />
  );
}
