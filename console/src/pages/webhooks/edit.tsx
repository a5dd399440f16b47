import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, type Values } from "../../ui/form.tsx";
import { chosenEvents } from "./event-groups.ts";
import { WebhookFields } from "./fields.tsx";

export function EditWebhook({ webhook, onClose }: { webhook: Resources["webhooks"]; onClose: () => void }) {
  const [values, setValues] = useState<Values | null>(null);
  const save = async (given: Values) => {
    await change("PATCH", "webhooks", webhook.prn, {
      url: given.url ?? "",
      description: given.description ?? null,
      enabled_events: chosenEvents(given),
    });
    await queryClient.invalidateQueries({ queryKey: ["webhooks"] });
    onClose();
  };
  const url = shellWord(values?.url ?? webhook.url);
  const events = (values ? chosenEvents(values) : webhook.enabled_events).join(",") || "EVENTS";
  return (
    <Dialog title="Edit the webhook" onClose={onClose} wide>
      <Form submit="Save" onSubmit={save} onCancel={onClose} onValues={setValues}>
        <WebhookFields webhook={webhook} />
        <CliHint command={`npx peridio webhooks update --prn ${webhook.prn} --url ${url} --enabled-events ${events}`} />
      </Form>
    </Dialog>
  );
}
