import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useSession } from "../../session/session.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, type Values } from "../../ui/form.tsx";
import { RoleField } from "./role-field.tsx";

export function ChangeRole({
  person: { prn, email, role },
  onClose,
}: {
  person: Resources["org_users"];
  onClose: () => void;
}) {
  const [values, setValues] = useState<Values>({ role });
  const isOneself = useSession().email === email;
  const save = async (given: Values) => {
    await change("PATCH", "org_users", prn, { role: given.role });
    onClose();
    await queryClient.invalidateQueries({ queryKey: ["org_users"] });
    if (isOneself) await queryClient.invalidateQueries({ queryKey: ["me"] });
  };
  return (
    <Dialog title={`Role of ${email}`} onClose={onClose}>
      <Form submit="Change the role" onSubmit={save} onCancel={onClose} onValues={setValues}>
        <RoleField present={role} />
        {isOneself && (
          <p className="text-sm text-warn">This is you: as anything but admin you can't come back to this page.</p>
        )}
        <CliHint command={`npx peridio org-users update --prn ${prn} --role ${values.role}`} />
      </Form>
    </Dialog>
  );
}
