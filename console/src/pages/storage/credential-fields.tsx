import { TextField } from "../../ui/form.tsx";
import type { Credential } from "./kinds.ts";

/** What reaches a store. It goes to the server, is encrypted there, and never shown again. */
export function CredentialFields({ credentials }: { credentials: Credential[] }) {
  return credentials.map(({ name, label, secret, hint }) => (
    <TextField
      key={name}
      name={name}
      label={label}
      type={secret ? "password" : "text"}
      autoComplete="off"
      hint={hint ?? (secret && "Kept encrypted, and never shown again.")}
      mono
    />
  ));
}
