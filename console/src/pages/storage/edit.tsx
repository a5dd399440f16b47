import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { credentialOptions, readCredentials } from "./address.ts";
import { CredentialFields } from "./credential-fields.tsx";
import { kindOf } from "./kinds.ts";

/** Another name, other credentials. The address stays: for another one, add a store and move the content. */
export function EditStore({ store, onClose }: { store: Resources["content_stores"]; onClose: () => void }) {
  const { credentials } = kindOf(store.url);
  const [values, setValues] = useState<Values>({ name: store.name });
  const isGiven = (of: Values) => credentials.some(({ name }) => of[name] !== undefined);
  const save = async (given: Values) => {
    await change("PATCH", "content_stores", store.prn, {
      name: given.name ?? "",
      ...(isGiven(given) && { credentials: readCredentials(credentials, given) }),
    });
    await queryClient.invalidateQueries({ queryKey: ["content_stores"] });
    onClose();
  };
  const options = isGiven(values) ? credentialOptions(credentials, values) : "";
  return (
    <Dialog title="Edit the store" onClose={onClose}>
      <Form submit="Save" onSubmit={save} onCancel={onClose} onValues={setValues}>
        <TextField name="name" label="Name" defaultValue={store.name} autoFocus />
        {credentials.length > 0 && (
          <fieldset className="flex flex-col gap-4">
            <legend className="mb-2 text-sm text-muted">
              New credentials, when they are to change. They are tested first; until then the old ones count.
            </legend>
            <CredentialFields credentials={credentials} />
          </fieldset>
        )}
        <CliHint
          command={`npx peridio storage update --prn ${store.prn} --name ${shellWord(values.name ?? "NAME")}${options}`}
        />
      </Form>
    </Dialog>
  );
}
