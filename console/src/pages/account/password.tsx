import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { Card } from "../../ui/card.tsx";
import { FieldProblem, Form, TextField, type Values } from "../../ui/form.tsx";
import { sayDone } from "../../ui/toast.tsx";

export function Password() {
  // A new key empties the fields.
  const [changes, setChanges] = useState(0);
  const save = async ({ current_password = "", new_password = "", again = "" }: Values) => {
    if (new_password !== again) throw new FieldProblem("again", "isn't the same");
    await client.api.POST("/users/me/password", { body: { current_password, new_password } });
    sayDone("Your password is changed. Your other sessions have ended.");
    setChanges(changes + 1);
    await queryClient.invalidateQueries({ queryKey: ["sessions"] });
  };
  return (
    <Card title="Password">
      <div className="max-w-md">
        <Form key={changes} submit="Change the password" onSubmit={save}>
          <TextField name="current_password" label="Current password" type="password" autoComplete="current-password" />
          <TextField
            name="new_password"
            label="New password"
            type="password"
            autoComplete="new-password"
            hint="At least 12 characters. Changing it ends all your other sessions."
          />
          <TextField name="again" label="New password again" type="password" autoComplete="new-password" />
        </Form>
      </div>
    </Card>
  );
}
