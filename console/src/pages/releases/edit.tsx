import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, type Values } from "../../ui/form.tsx";
import { sayDone } from "../../ui/toast.tsx";
import { type ReleaseBody, readRelease } from "./body.ts";
import { ReleaseFields } from "./fields.tsx";

export function EditRelease({ release, onClose }: { release: Resources["releases"]; onClose: () => void }) {
  const [values, setValues] = useState<Values | null>(null);
  const save = async (given: Values) => {
    await change("PATCH", "releases", release.prn, readRelease(given));
    await queryClient.invalidateQueries({ queryKey: ["releases"] });
    sayDone("Saved.");
    onClose();
  };
  return (
    <Dialog title="Edit the release" onClose={onClose} wide>
      <Form submit="Save" onSubmit={save} onCancel={onClose} onValues={setValues}>
        <ReleaseFields release={release} />
        <CliHint command={`npx peridio releases update --prn ${release.prn}${optionsOf(values)}`} />
      </Form>
    </Dialog>
  );
}

/** The change that is made most: more devices. */
function optionsOf(values: Values | null): string {
  const { phase_value: value, phase_tags: tags } = safely(values);
  if (tags) return ` --phase-mode tags --phase-tags ${tags.join(",")}`;
  return ` --phase-value ${value ?? 1}`;
}

function safely(values: Values | null): ReleaseBody {
  try {
    return values === null ? {} : readRelease(values);
  } catch {
    return {};
  }
}
