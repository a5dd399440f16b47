import { SelectField, TextField } from "../../ui/form.tsx";
import { optionField } from "./address.ts";
import type { StoreKind, StoreOption } from "./kinds.ts";

/** Where the content goes: the parts of an address of this kind. */
export function AddressFields({ kind: { container, options, more } }: { kind: StoreKind }) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="container"
          label={container}
          hint="It exists, belongs to this server alone, and isn't public."
          mono
        />
        <TextField name="prefix" label="Prefix" hint="Before the name of every object." optional mono />
        {options.map((option) => (
          <OptionField key={option.name} option={option} optional={option.name === "region"} />
        ))}
      </div>
      <details className="rounded-md border border-line px-3 py-2">
        <summary className="text-sm text-muted hover:text-ink">More options</summary>
        <div className="mt-3 mb-1 grid gap-4 sm:grid-cols-2">
          {more.map((option) => (
            <OptionField key={option.name} option={option} optional />
          ))}
        </div>
      </details>
    </>
  );
}

function OptionField({ option, optional }: { option: StoreOption; optional: boolean }) {
  const { name, label, hint, placeholder, choices } = option;
  const field = { name: optionField(name), label, hint };
  if (choices) return <SelectField {...field} options={choices} />;
  return <TextField {...field} optional={optional} mono {...(placeholder && { placeholder })} />;
}
