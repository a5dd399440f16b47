import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { allOf, change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { inputShape } from "../../ui/form-shape.ts";
import { mostMembers, useMembers } from "./members.ts";

export function CreateBundle({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({});
  const [chosen, setChosen] = useState<string[]>([]);
  const [words, setWords] = useState("");
  const { data: signed } = useQuery(allOf("binaries", { search: "state:'signed'" }, mostMembers));
  const members = useMembers((signed?.items ?? []).slice(0, mostMembers).map(({ prn }) => prn));
  const shown = members.map(({ prn, binary, version, artifact }) => ({
    prn,
    label: `${artifact?.name ?? "…"} ${version?.version ?? ""}`,
    target: binary?.target ?? "",
  }));
  const found = shown.filter(({ label, target }) => `${label} ${target}`.toLowerCase().includes(words.toLowerCase()));

  const create = async ({ name }: Values) => {
    const bundle = await change("POST", "bundles", null, {
      ...(name !== undefined && { name }),
      binaries: chosen.map((prn) => ({ prn })),
    });
    await queryClient.invalidateQueries({ queryKey: ["bundles"] });
    await navigate({ to: paths.bundle(bundle.prn) });
  };
  // A tick is added at the end: the order of ticking is the order in the bundle.
  const flip = (prn: string) =>
    setChosen((all) => (all.includes(prn) ? all.filter((each) => each !== prn) : [...all, prn]));
  const binaries = chosen.length > 0 ? chosen.map((prn) => `prn=${prn}`).join(" ") : "prn=BINARY_PRN";
  const name = values.name === undefined ? "" : ` --name ${shellWord(values.name)}`;
  return (
    <Dialog title="New bundle" onClose={onClose}>
      <Form
        submit="Create bundle"
        onSubmit={create}
        onCancel={onClose}
        onValues={setValues}
        disabled={chosen.length === 0}
      >
        <TextField name="name" label="Name" hint="For people, such as spring-2026." optional autoFocus />
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">Signed binaries, in the order in which you tick them</legend>
          <input
            type="search"
            aria-label="Find a binary"
            placeholder="Artifact, version or target"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className={inputShape}
          />
          <div className="max-h-56 overflow-y-auto rounded-md border border-line">
            {found.map(({ prn, label, target }) => (
              <label
                key={prn}
                className="flex items-center gap-2.5 border-b border-line px-3 py-1.5 text-sm last:border-0 hover:bg-hover"
              >
                <input
                  type="checkbox"
                  checked={chosen.includes(prn)}
                  onChange={() => flip(prn)}
                  className="size-4 accent-accent"
                />
                <span className="min-w-0 flex-1 truncate">{label}</span>
                <span className="truncate font-mono text-xs text-muted">{target}</span>
                {chosen.includes(prn) && <span className="nums text-xs text-faint">{chosen.indexOf(prn) + 1}</span>}
              </label>
            ))}
            {signed && found.length === 0 && (
              <p className="p-3 text-sm text-muted">
                {shown.length === 0 ? "No binary is signed yet: sign one first." : "No signed binary is called so."}
              </p>
            )}
          </div>
          {signed?.more && (
            <p className="text-xs text-muted">The newest {mostMembers} signed binaries; for others use the command.</p>
          )}
        </fieldset>
        <CliHint command={`npx peridio bundles create${name} --binaries ${binaries}`} />
      </Form>
    </Dialog>
  );
}
