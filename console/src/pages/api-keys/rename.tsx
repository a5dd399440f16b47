import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";

export function RenameKey({ apiKey: { prn, name }, onClose }: { apiKey: Resources["api_keys"]; onClose: () => void }) {
  const [values, setValues] = useState<Values>({ name });
  const rename = async (given: Values) => {
    await change("PATCH", "api_keys", prn, { name: given.name ?? "" });
    await queryClient.invalidateQueries({ queryKey: ["api_keys"] });
    onClose();
  };
  return (
    <Dialog title="Rename the key" onClose={onClose}>
      <Form submit="Rename" onSubmit={rename} onCancel={onClose} onValues={setValues}>
        <TextField name="name" label="Name" defaultValue={name} autoFocus />
        <CliHint command={`npx peridio api-keys update --prn ${prn} --name ${shellWord(values.name ?? "NAME")}`} />
      </Form>
    </Dialog>
  );
}
