import { bodyOf } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";

/** Password, then the secret for the authenticator and a first code of it, then the recovery codes. */
export function SetUpSecondFactor({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<{ secret: string; otpauth_url: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const begin = async ({ password = "" }: Values) => {
    const { totp } = await bodyOf(client.api.POST("/users/me/totp", { body: { password } }));
    setBegun(totp);
  };
  const confirm = async ({ otp = "" }: Values) => {
    const answer = await bodyOf(client.api.POST("/users/me/totp/confirm", { body: { otp: otp.replaceAll(" ", "") } }));
    setCodes(answer.recovery_codes);
    await queryClient.invalidateQueries({ queryKey: ["org_users"] });
  };
  if (codes !== null) {
    return (
      <ShownOnce title="Recovery codes" value={codes.join("\n")} label="Copy the codes" onClose={onClose}>
        The second factor counts from now on. Each of these codes stands in for one of your authenticator, once. They
        are shown this one time: keep them where you find them without your phone.
      </ShownOnce>
    );
  }
  if (begun === null) {
    return (
      <Dialog title="Set up a second factor" onClose={onClose}>
        <Form key="password" submit="Go on" onSubmit={begin} onCancel={onClose}>
          <TextField name="password" label="Your password" type="password" autoComplete="current-password" autoFocus />
        </Form>
      </Dialog>
    );
  }
  return (
    <Dialog title="Set up a second factor" onClose={onClose}>
      <Form key="code" submit="Confirm" onSubmit={confirm} onCancel={onClose}>
        <p className="text-sm text-muted">
          Add this secret to your authenticator app, or{" "}
          <a href={begun.otpauth_url} className="text-ink underline underline-offset-2">
            open it in the app
          </a>{" "}
          on the device where you read this.
        </p>
        <div className="flex items-center gap-2 rounded-md border border-line bg-canvas p-2">
          <code data-once="" className="min-w-0 flex-1 font-mono text-xs break-all">
            {begun.secret}
          </code>
          <CopyButton text={begun.secret} label="Copy the secret" />
        </div>
        <TextField
          name="otp"
          label="Code"
          autoComplete="one-time-code"
          hint="The six digits that the app shows now. The second factor counts once this was right."
          mono
          autoFocus
        />
      </Form>
    </Dialog>
  );
}
