import { type Scope, scopes } from "@open-peridio/contract/scopes";
import { bodyOf } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { CheckField, FieldProblem, Form, TextField, type Values } from "../../ui/form.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { ExpiryField, expiryOption, readExpiry } from "./expiry-field.tsx";

const chosen = (values: Values): Scope[] => scopes.filter((scope) => values[`scope ${scope}`] !== undefined);

export function CreateKey({ onClose }: { onClose: () => void }) {
  const [values, setValues] = useState<Values>({});
  const [made, setMade] = useState<string | null>(null);
  const create = async (given: Values) => {
    if (chosen(given).length === 0) throw new FieldProblem("", "Choose what the key may do.");
    const { api_key } = await bodyOf(
      client.api.POST("/api_keys", {
        body: { name: given.name ?? "", scopes: chosen(given), expires_at: readExpiry(given) },
      }),
    );
    setMade(api_key.value);
    await queryClient.invalidateQueries({ queryKey: ["api_keys"] });
  };
  if (made !== null) {
    return (
      <ShownOnce title="The key" value={made} label="Copy the key" onClose={onClose}>
        This is shown once, and kept nowhere. Put it where the program finds it.
      </ShownOnce>
    );
  }
  const name = shellWord(values.name ?? "NAME");
  const list = chosen(values).join(",") || "SCOPES";
  return (
    <Dialog title="New API key" onClose={onClose}>
      <Form submit="Create key" onSubmit={create} onCancel={onClose} onValues={setValues}>
        <TextField name="name" label="Name" hint="Who uses it, such as ci." autoFocus />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-sm font-medium">What it may do</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {scopes.map((scope) => (
              <CheckField key={scope} name={`scope ${scope}`} label={scope} />
            ))}
          </div>
        </fieldset>
        <ExpiryField />
        <CliHint command={`npx peridio api-keys create --name ${name} --scopes ${list}${expiryOption(values)}`} />
      </Form>
    </Dialog>
  );
}
