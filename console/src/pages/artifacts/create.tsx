import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { MetadataField, readMetadata } from "../../ui/metadata-field.tsx";

export function CreateArtifact({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({});
  const create = async ({ name, description, custom_metadata }: Values) => {
    const metadata = readMetadata(custom_metadata);
    const artifact = await change("POST", "artifacts", null, {
      name: name ?? "",
      ...(description !== undefined && { description }),
      ...(metadata !== null && { custom_metadata: metadata }),
    });
    await queryClient.invalidateQueries({ queryKey: ["artifacts"] });
    await navigate({ to: paths.artifact(artifact.prn) });
  };
  const command = [
    `npx peridio artifacts create --name ${shellWord(values.name ?? "NAME")}`,
    values.description && `--description ${shellWord(values.description)}`,
  ];
  return (
    <Dialog title="New artifact" onClose={onClose}>
      <Form submit="Create artifact" onSubmit={create} onCancel={onClose} onValues={setValues}>
        <TextField name="name" label="Name" hint="Unique in the organization, such as camera-firmware." autoFocus />
        <TextField name="description" label="Description" optional />
        <MetadataField optional />
        <CliHint command={command.filter(Boolean).join(" ")} />
      </Form>
    </Dialog>
  );
}
