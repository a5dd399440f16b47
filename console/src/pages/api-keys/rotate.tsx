import { bodyOf } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, SelectField, type Values } from "../../ui/form.tsx";
import { overlaps } from "../../ui/overlaps.ts";
import { ShownOnce } from "../../ui/shown-once.tsx";

/** A new value for a key; the old one goes on for a while, so that programs can change over without a gap. */
export function RotateKey({ apiKey: { prn, name }, onClose }: { apiKey: Resources["api_keys"]; onClose: () => void }) {
  const [overlap, setOverlap] = useState("86400");
  const [value, setValue] = useState<string | null>(null);
  const rotate = async ({ overlap_seconds }: Values) => {
    const params = { path: { prn } };
    const body = { overlap_seconds: Number(overlap_seconds) };
    const { api_key } = await bodyOf(client.api.POST("/api_keys/{prn}/rotate", { params, body }));
    setValue(api_key.value);
    await queryClient.invalidateQueries({ queryKey: ["api_keys"] });
  };
  if (value !== null) {
    return (
      <ShownOnce title={`The new value of ${name}`} value={value} label="Copy the key" onClose={onClose}>
        This is shown once, and kept nowhere. Put it where the program finds it before the old one ends.
      </ShownOnce>
    );
  }
  return (
    <Dialog title={`Rotate ${name}`} onClose={onClose}>
      <Form submit="Make a new value" onSubmit={rotate} onCancel={onClose}>
        <p className="text-sm text-muted">
          The key keeps its name, its scopes and its end. An old value of an earlier rotation ends now.
        </p>
        <SelectField
          name="overlap_seconds"
          label="The present value ends"
          options={overlaps}
          defaultValue={overlap}
          onChange={setOverlap}
          hint={
            overlap === "0"
              ? "Whatever uses it is refused from that moment on."
              : "Until then both are good, so that programs can change over without a gap."
          }
        />
        <CliHint command={`npx peridio api-keys rotate --prn ${prn} --overlap-seconds ${overlap}`} />
      </Form>
    </Dialog>
  );
}
