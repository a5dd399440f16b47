import { bodyOf } from "@open-peridio/sdk";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { Skeleton } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, SelectField, type Values } from "../../ui/form.tsx";
import { ThingField } from "../../ui/thing-field.tsx";
import { serverStore, useStoreChoice } from "./stores.ts";

/** Moves content from one store to another, in the background. @param to where to, to begin with */
export function StartMove({ to, onClose }: { to?: string; onClose: () => void }) {
  const navigate = useNavigate();
  const stores = useStoreChoice();
  const [values, setValues] = useState<Values | null>(null);
  const target = to ?? stores[1]?.value;
  const start = async (given: Values) => {
    if (given.from === given.to) throw new FieldProblem("to", "must be another store than where the content is");
    const body = {
      from: given.from!,
      to: given.to!,
      ...(given.artifact_prn !== undefined && { artifact_prn: given.artifact_prn }),
    };
    await bodyOf(client.api.POST("/content_moves", { body }));
    await queryClient.invalidateQueries({ queryKey: ["content_moves"] });
    onClose();
    await navigate({ to: "/storage" });
  };
  const { from = serverStore, to: chosen = target ?? "STORE_PRN", artifact_prn } = values ?? {};
  const only = artifact_prn === undefined ? "" : ` --artifact-prn ${artifact_prn}`;
  return (
    <Dialog title="Move content" onClose={onClose}>
      {target === undefined ? (
        <Skeleton className="h-48" />
      ) : (
        <Form submit="Start the move" onSubmit={start} onCancel={onClose} onValues={setValues}>
          <p className="text-sm text-muted">
            Each binary is copied, compared, and only then read from its new place. Links that were handed out go on
            working. It goes on in the background, and can be paused.
          </p>
          <SelectField name="from" label="From" options={stores} defaultValue={serverStore} />
          <SelectField name="to" label="To" options={stores} defaultValue={target} />
          <ThingField
            name="artifact_prn"
            label="Artifact"
            resource="artifacts"
            hint="Only what is of it; everything, when none is chosen."
            optional
          />
          <CliHint command={`npx peridio storage move --from ${from} --to ${chosen}${only} --wait`} />
        </Form>
      )}
    </Dialog>
  );
}
