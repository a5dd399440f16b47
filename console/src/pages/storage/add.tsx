import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, SelectField, TextField, type Values } from "../../ui/form.tsx";
import { addressOf, credentialOptions, readCredentials, requireAddress } from "./address.ts";
import { AddressFields } from "./address-fields.tsx";
import { CredentialFields } from "./credential-fields.tsx";
import { storeKinds } from "./kinds.ts";

export function AddStore({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(storeKinds[0]!.value);
  const [values, setValues] = useState<Values>({});
  const kind = storeKinds.find(({ value }) => value === chosen)!;
  const add = async (given: Values) => {
    const url = requireAddress(kind, given);
    const credentials = readCredentials(kind.credentials, given);
    const store = await change("POST", "content_stores", null, {
      name: given.name ?? "",
      url,
      ...(kind.credentials.length > 0 && { credentials }),
    });
    await queryClient.invalidateQueries({ queryKey: ["content_stores"] });
    await navigate({ to: paths.contentStore(store.prn) });
  };
  const name = shellWord(values.name ?? "NAME");
  const address = shellWord(addressOf(kind, values));
  return (
    <Dialog title="Add a store" onClose={onClose} wide>
      <Form submit="Add the store" onSubmit={add} onCancel={onClose} onValues={setValues}>
        <p className="text-sm text-muted">Nothing is kept in it before it was tested and made the active one.</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            name="kind"
            label="Kind"
            options={storeKinds.map(({ value, label }) => ({ value, label }))}
            defaultValue={chosen}
            onChange={setChosen}
          />
          <TextField name="name" label="Name" hint="For people, such as ours." />
        </div>
        <AddressFields key={chosen} kind={kind} />
        <CredentialFields credentials={kind.credentials} />
        {kind.note && <p className="text-sm text-muted">{kind.note}</p>}
        <CliHint
          command={`npx peridio storage create --name ${name} --url ${address}${credentialOptions(kind.credentials, values)}`}
        />
      </Form>
    </Dialog>
  );
}
