import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { MetadataField, readMetadata } from "../../ui/metadata-field.tsx";
import { sayDone } from "../../ui/toast.tsx";

interface EditAboutProps {
  title: string;
  resource: "artifacts" | "artifact_versions" | "binaries";
  /** The CLI's word for it. */
  command: string;
  about: {
    prn: string;
    /** Left out for what has none that could change. */
    name?: string;
    description: string | null;
    custom_metadata: Record<string, unknown> | null;
  };
  onClose: () => void;
}

/** What people say about a thing: its name, description and metadata. */
export function EditAbout({ title, resource, command, about, onClose }: EditAboutProps) {
  const save = async ({ name, description, custom_metadata }: Values) => {
    await change("PATCH", resource, about.prn, {
      ...(about.name !== undefined && { name: name ?? "" }),
      description: description ?? null,
      custom_metadata: readMetadata(custom_metadata),
    });
    await queryClient.invalidateQueries({ queryKey: [resource] });
    sayDone("Saved.");
    onClose();
  };
  const hint = `npx peridio ${command} update --prn ${about.prn} --description ${shellWord(about.description ?? "TEXT")}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <Form submit="Save" onSubmit={save} onCancel={onClose}>
        {about.name !== undefined && <TextField name="name" label="Name" defaultValue={about.name} />}
        <TextField name="description" label="Description" defaultValue={about.description ?? ""} optional />
        <MetadataField value={about.custom_metadata} optional />
        <CliHint command={hint} />
      </Form>
    </Dialog>
  );
}
