import { bodyOf } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, SelectField, type Values } from "../../ui/form.tsx";
import { overlaps } from "../../ui/overlaps.ts";
import { ShownOnce } from "../../ui/shown-once.tsx";

/** A new secret, and for how long deliveries carry the old one's signature as well. */
export function RollSecret({ prn, onClose }: { prn: string; onClose: () => void }) {
  const [overlap, setOverlap] = useState("86400");
  const [secret, setSecret] = useState<string | null>(null);
  const roll = async ({ webhook_ttl }: Values) => {
    const params = { path: { prn } };
    const body = { webhook_ttl: Number(webhook_ttl) };
    const { webhook } = await bodyOf(client.api.POST("/webhooks/{prn}/roll_secret", { params, body }));
    setSecret(webhook.secret);
    await queryClient.invalidateQueries({ queryKey: ["webhooks"] });
  };
  if (secret !== null) {
    return (
      <ShownOnce title="The new secret" value={secret} label="Copy the secret" onClose={onClose}>
        This is shown once. Give it to the receiver before the old one ends.
      </ShownOnce>
    );
  }
  return (
    <Dialog title="Roll the secret" onClose={onClose}>
      <Form submit="Make a new secret" onSubmit={roll} onCancel={onClose}>
        <SelectField
          name="webhook_ttl"
          label="The old secret ends"
          options={overlaps}
          defaultValue={overlap}
          onChange={setOverlap}
          hint={
            overlap === "0"
              ? "A receiver that still has the old one refuses all that comes from now on."
              : "Until then each delivery carries the signatures of both, so the receiver misses nothing."
          }
        />
        <CliHint command={`npx peridio webhooks roll-secret --prn ${prn} --webhook-ttl ${overlap}`} />
      </Form>
    </Dialog>
  );
}
