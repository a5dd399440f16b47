import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Form, TextField, type Values } from "../../ui/form.tsx";
import { inputShape } from "../../ui/form-shape.ts";
import { DropZone } from "../../uploads/drop-zone.tsx";
import { startUpload } from "../../uploads/uploads.ts";

const usualTargets = ["aarch64-linux-gnu", "armv7-linux-gnueabihf", "x86_64-linux-gnu", "riscv64-linux-gnu"];

interface CreateBinaryProps {
  version: { prn: string; version: string };
  target?: string | undefined;
  knownTargets: string[];
  onClose: () => void;
}

/** A binary of a version for one target; its file can come along, or later. */
export function CreateBinary({ version, target, knownTargets, onClose }: CreateBinaryProps) {
  const navigate = useNavigate();
  const list = useId();
  const [file, setFile] = useState<File | null>(null);
  const [values, setValues] = useState<Values>(target === undefined ? {} : { target });
  const create = async ({ target: wanted, description }: Values) => {
    const binary = await change("POST", "binaries", null, {
      artifact_version_prn: version.prn,
      target: wanted ?? "",
      // The hash follows when the file was read: it is read once, while it is sent.
      ...(file && { size: file.size }),
      ...(description !== undefined && { description }),
    });
    if (file) startUpload(binary.prn, file);
    await queryClient.invalidateQueries({ queryKey: ["binaries"] });
    await navigate({ to: paths.binary(binary.prn) });
  };
  const name = shellWord(file?.name ?? "FILE");
  const command =
    `BINARY_PRN=$(npx peridio binaries create --artifact-version-prn ${version.prn} ` +
    `--target ${shellWord(values.target ?? "TARGET")} --hash $(sha256sum ${name} | cut -d' ' -f1) ` +
    `--size $(stat -c%s ${name}) --output prn)\nnpx peridio binaries upload --binary-prn $BINARY_PRN --file ${name}`;
  return (
    <Dialog title={`New binary in ${version.version}`} onClose={onClose} wide>
      <Form
        submit={file ? "Create and upload" : "Create binary"}
        onSubmit={create}
        onCancel={onClose}
        onValues={setValues}
      >
        <Field name="target" label="Target" hint="What it was built for: a triplet, or a word of your own.">
          {(ties) => (
            <>
              <input
                {...ties}
                list={list}
                defaultValue={target}
                placeholder="aarch64-linux-gnu"
                autoComplete="off"
                spellCheck={false}
                className={`${inputShape} font-mono`}
              />
              <datalist id={list}>
                {[...new Set([...knownTargets, ...usualTargets])].map((each) => (
                  <option key={each} value={each} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <DropZone
          label="Drop the file here, or choose it"
          hint="Of any size. It can also follow later."
          file={file}
          onFile={setFile}
        />
        <TextField name="description" label="Description" optional />
        <CliHint command={command} />
      </Form>
    </Dialog>
  );
}
