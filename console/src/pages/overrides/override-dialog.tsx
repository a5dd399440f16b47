import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, TextField, type Values } from "../../ui/form.tsx";
import { fromLocalField, timeZone, toLocalField } from "../../ui/local-time.ts";
import { ThingField } from "../../ui/thing-field.tsx";

interface OverrideDialogProps {
  /** What is edited; absent for a new one. */
  override?: Resources["bundle_overrides"];
  onClose: () => void;
}

/** Makes an override, or changes one; devices are added on its page. */
export function OverrideDialog({ override, onClose }: OverrideDialogProps) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>(
    override ? { name: override.name, bundle_prn: override.bundle_prn } : {},
  );
  const save = async (given: Values) => {
    if (!given.bundle_prn) throw new FieldProblem("bundle_prn", "is needed");
    const saved = await change(override ? "PATCH" : "POST", "bundle_overrides", override?.prn ?? null, {
      name: given.name ?? "",
      bundle_prn: given.bundle_prn,
      starts_at: readTime("starts_at", given.starts_at) ?? override?.starts_at ?? new Date().toISOString(),
      ends_at: readTime("ends_at", given.ends_at),
      description: given.description ?? null,
    });
    await queryClient.invalidateQueries({ queryKey: ["bundle_overrides"] });
    if (!override) await navigate({ to: paths.override(saved.prn) });
    onClose();
  };
  const what = override ? `update --prn ${override.prn}` : "create";
  const ends = fromLocalField(values.ends_at ?? "");
  const command = [
    `npx peridio bundle-overrides ${what} --name ${shellWord(values.name ?? "NAME")}`,
    `--bundle-prn ${values.bundle_prn || "BUNDLE_PRN"}`,
    ends && `--ends-at ${ends}`,
  ];
  return (
    <Dialog title={override ? "Edit the override" : "New override"} onClose={onClose}>
      <Form submit={override ? "Save" : "Create override"} onSubmit={save} onCancel={onClose} onValues={setValues}>
        <TextField name="name" label="Name" hint="Such as trial-of-spring." defaultValue={override?.name} />
        <ThingField
          name="bundle_prn"
          label="Bundle"
          resource="bundles"
          defaultPrn={override?.bundle_prn}
          hint="What its devices get, whatever their cohort's releases say."
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="starts_at"
            label="Starts"
            type="datetime-local"
            hint={override ? `In ${timeZone}.` : `Empty: now. In ${timeZone}.`}
            defaultValue={override ? toLocalField(override.starts_at) : ""}
            optional={!override}
          />
          <TextField
            name="ends_at"
            label="Ends"
            type="datetime-local"
            hint="Empty: never."
            defaultValue={override?.ends_at ? toLocalField(override.ends_at) : ""}
            optional
          />
        </div>
        <TextField name="description" label="Description" defaultValue={override?.description ?? ""} optional />
        <CliHint command={command.filter(Boolean).join(" ")} />
      </Form>
    </Dialog>
  );
}

/** @throws FieldProblem */
function readTime(field: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = fromLocalField(text);
  if (time === null) throw new FieldProblem(field, "must be a day and a time");
  return time;
}
