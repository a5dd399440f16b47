import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { JitpFields, jitpOptions, readJitp } from "./jitp-fields.tsx";

export function EditAuthority({
  authority,
  onClose,
}: {
  authority: Resources["ca_certificates"];
  onClose: () => void;
}) {
  const { prn, description, jitp } = authority;
  const [values, setValues] = useState<Values | null>(null);
  const save = async (given: Values) => {
    await change("PATCH", "ca_certificates", prn, {
      description: given.description ?? null,
      jitp: readJitp(given),
    });
    await queryClient.invalidateQueries({ queryKey: ["ca_certificates"] });
    onClose();
  };
  const about = values?.description === undefined ? "" : ` --description ${shellWord(values.description)}`;
  const options = values === null ? "" : jitpOptions(values) || " --no-jitp";
  return (
    <Dialog title="Edit the authority" onClose={onClose} wide>
      <Form submit="Save" onSubmit={save} onCancel={onClose} onValues={setValues}>
        <TextField name="description" label="Description" defaultValue={description ?? undefined} optional autoFocus />
        <JitpFields jitp={jitp} />
        <CliHint command={`npx peridio ca-certificates update --prn ${prn}${about}${options}`} />
      </Form>
    </Dialog>
  );
}
