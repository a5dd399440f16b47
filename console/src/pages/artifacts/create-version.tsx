import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { MetadataField, readMetadata } from "../../ui/metadata-field.tsx";

export function CreateVersion({ artifactPrn, onClose }: { artifactPrn: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({});
  const create = async ({ version, description, custom_metadata }: Values) => {
    const metadata = readMetadata(custom_metadata);
    const created = await change("POST", "artifact_versions", null, {
      artifact_prn: artifactPrn,
      version: version ?? "",
      ...(description !== undefined && { description }),
      ...(metadata !== null && { custom_metadata: metadata }),
    });
    await queryClient.invalidateQueries({ queryKey: ["artifact_versions"] });
    await navigate({ to: paths.version(created.prn) });
  };
  const command =
    `npx peridio artifact-versions create --artifact-prn ${artifactPrn} ` +
    `--version ${shellWord(values.version ?? "VERSION")}`;
  return (
    <Dialog title="New version" onClose={onClose}>
      <Form submit="Create version" onSubmit={create} onCancel={onClose} onValues={setValues}>
        <TextField name="version" label="Version" placeholder="1.0.0" hint="Any text, once for the artifact." mono />
        <TextField name="description" label="Description" optional />
        <MetadataField optional />
        <CliHint command={command} />
      </Form>
    </Dialog>
  );
}
