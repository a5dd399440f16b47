import type { Role } from "@open-peridio/contract/scopes";
import { bodyOf } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { RoleField } from "./role-field.tsx";

export function Invite({ onClose }: { onClose: () => void }) {
  const [values, setValues] = useState<Values>({ role: "developer" });
  const [made, setMade] = useState<{ email: string; url: string } | null>(null);
  const invite = async ({ email, role }: Values) => {
    const body = { email: email ?? "", role: role as Role };
    const { invitation } = await bodyOf(client.api.POST("/invitations", { body }));
    setMade(invitation);
    await queryClient.invalidateQueries({ queryKey: ["invitations"] });
  };
  if (made !== null) {
    return (
      <ShownOnce title="The link" value={made.url} label="Copy the link" onClose={onClose}>
        This is shown once. Send it to {made.email} yourself: whoever has it can accept, once, within seven days.
      </ShownOnce>
    );
  }
  return (
    <Dialog title="Invite a person" onClose={onClose}>
      <Form submit="Make the link" onSubmit={invite} onCancel={onClose} onValues={setValues}>
        <TextField name="email" label="E-mail" type="email" hint="Nothing is sent: you get a link." autoFocus />
        <RoleField present="developer" />
        <CliHint
          command={`npx peridio invitations create --email ${shellWord(values.email ?? "EMAIL")} --role ${values.role}`}
        />
      </Form>
    </Dialog>
  );
}
