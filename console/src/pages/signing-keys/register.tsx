import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, TextArea, TextField, type Values } from "../../ui/form.tsx";

/** Takes the public half of a key pair. The private half has no business here, and is refused before it is sent. */
export function RegisterKey({ onClose }: { onClose: () => void }) {
  const register = async ({ name, value }: Values) => {
    if (value?.includes("PRIVATE KEY")) {
      throw new FieldProblem("value", "is a private key: keep it to yourself, and give the public one");
    }
    await change("POST", "signing_keys", null, { name: name ?? "", value: value ?? "" });
    await queryClient.invalidateQueries({ queryKey: ["signing_keys"] });
    onClose();
  };
  return (
    <Dialog title="Register a signing key" onClose={onClose}>
      <Form submit="Register the key" onSubmit={register} onCancel={onClose}>
        <TextField name="name" label="Name" hint="Whose key it is, such as release-2026." autoFocus />
        <TextArea
          name="value"
          label="Public key"
          hint="PEM, or base64 of a raw Ed25519 key. Peridio's device agent takes Ed25519 alone."
          mono
          rows={5}
        />
        <p className="text-xs text-muted">No key pair yet? This makes one here and registers its public half:</p>
        <CliHint command="npx peridio signing-keys create --name release --algorithm Ed25519 --out keys" />
      </Form>
    </Dialog>
  );
}
