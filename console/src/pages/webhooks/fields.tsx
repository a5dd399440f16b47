import type { Resources } from "../../api/resources.ts";
import { TextField } from "../../ui/form.tsx";
import { EventBoxes } from "./event-boxes.tsx";

/** What a new webhook is asked for, and one that is edited. */
export function WebhookFields({ webhook }: { webhook?: Resources["webhooks"] }) {
  return (
    <>
      <TextField
        name="url"
        label="URL"
        type="url"
        placeholder="https://example.com/hooks"
        defaultValue={webhook?.url}
        hint="It gets a signed test event at once, and has to answer it with 200 within ten seconds."
        autoFocus
      />
      <TextField
        name="description"
        label="Description"
        defaultValue={webhook?.description ?? undefined}
        hint="What listens there."
        optional
      />
      <EventBoxes chosen={webhook?.enabled_events ?? []} />
    </>
  );
}
