import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { sayDone } from "../../ui/toast.tsx";

export function DisableSecondFactor({ onClose }: { onClose: () => void }) {
  const disable = async ({ password = "" }: Values) => {
    await client.api.POST("/users/me/totp/disable", { body: { password } });
    sayDone("You sign in with your password alone from now on.");
    onClose();
    await queryClient.invalidateQueries({ queryKey: ["org_users"] });
  };
  return (
    <Dialog title="Turn off the second factor" onClose={onClose}>
      <Form submit="Turn off" look="danger" onSubmit={disable} onCancel={onClose}>
        <p className="text-sm text-muted">
          Whoever knows your password can sign in as you then. The recovery codes are gone: setting it up again makes
          new ones.
        </p>
        <TextField name="password" label="Your password" type="password" autoComplete="current-password" />
      </Form>
    </Dialog>
  );
}
