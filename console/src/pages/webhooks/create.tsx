import { bodyOf } from "@open-peridio/sdk";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, type Values } from "../../ui/form.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { chosenEvents } from "./event-groups.ts";
import { WebhookFields } from "./fields.tsx";

export function CreateWebhook({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({});
  const [made, setMade] = useState<{ prn: string; secret: string } | null>(null);
  const create = async (given: Values) => {
    const body = {
      url: given.url ?? "",
      ...(given.description !== undefined && { description: given.description }),
      enabled_events: chosenEvents(given),
    };
    const { webhook } = await bodyOf(client.api.POST("/webhooks", { body }));
    setMade(webhook);
    await queryClient.invalidateQueries({ queryKey: ["webhooks"] });
  };
  if (made !== null) {
    return (
      <ShownOnce
        title="The webhook's secret"
        value={made.secret}
        label="Copy the secret"
        onClose={() => void navigate({ to: paths.webhook(made.prn) })}
      >
        This is shown once. With it the receiver checks that what it gets comes from here: each request carries a
        signature.
      </ShownOnce>
    );
  }
  const events = chosenEvents(values).join(",") || "EVENTS";
  return (
    <Dialog title="New webhook" onClose={onClose} wide>
      <Form submit="Create webhook" onSubmit={create} onCancel={onClose} onValues={setValues}>
        <WebhookFields />
        <CliHint
          command={`npx peridio webhooks create --url ${shellWord(values.url ?? "URL")} --enabled-events ${events}`}
        />
      </Form>
    </Dialog>
  );
}
