import { ApiError } from "@open-peridio/sdk";
import { createContext, type ReactNode, use, useId, useState } from "react";
import { Button } from "./button.tsx";
import { inputShape } from "./form-shape.ts";
import { inWords } from "./problem.tsx";

/** Name → what was typed; fields that were left empty are not there. */
export type Values = Record<string, string>;

/** A sentence about one field that the page itself found. */
export class FieldProblem extends Error {
  readonly field: string;
  constructor(field: string, problem: string) {
    super(problem);
    this.field = field;
  }
}

type Problems = Record<string, string[]>;

const ProblemsContext = createContext<Problems>({});

interface FormProps {
  submit: string;
  onSubmit: (values: Values) => Promise<unknown>;
  onCancel?: () => void;
  /** What was typed so far, for a command that follows along. */
  onValues?: (values: Values) => void;
  look?: "primary" | "danger";
  disabled?: boolean | undefined;
  /** The button as wide as the fields. */
  wide?: boolean;
  children: ReactNode;
}

/** Fields, a button, and what the server says about each of them. */
export function Form({ submit, onSubmit, onCancel, onValues, look = "primary", disabled, wide, children }: FormProps) {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());

  const send = async (form: HTMLFormElement) => {
    setBusy(true);
    setProblems({});
    setShown(new Set(Array.from(form.elements, (element) => (element as HTMLInputElement).name).filter(Boolean)));
    try {
      await onSubmit(valuesOf(form));
    } catch (error) {
      setProblems(problemsOf(error));
    } finally {
      setBusy(false);
    }
  };

  // What is said about no field that is here stands above the button.
  const others = Object.entries(problems).filter(([field]) => !shown.has(field));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send(event.currentTarget);
      }}
      onInput={(event) => onValues?.(valuesOf(event.currentTarget))}
      className="flex flex-col gap-4"
    >
      <ProblemsContext value={problems}>{children}</ProblemsContext>
      {others.length > 0 && (
        <p role="alert" className="text-sm text-bad">
          {others.map(([field, texts]) => (field === "" ? texts.join(" ") : `${field} ${texts.join(", ")}`)).join("; ")}
        </p>
      )}
      <div className="flex justify-end gap-2">
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" look={look} busy={busy} disabled={disabled} className={wide ? "h-9 flex-1" : ""}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

function valuesOf(form: HTMLFormElement): Values {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.filter(([, value]) => value.trim() !== ""));
}

function problemsOf(error: unknown): Problems {
  if (error instanceof FieldProblem) return { [error.field]: [error.message] };
  if (error instanceof ApiError && error.fields) return error.fields;
  return { "": [inWords(error)] };
}

interface FieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
  /** The control; gets what ties it to its label and its problem. */
  children: (ties: {
    id: string;
    name: string;
    "aria-invalid": true | undefined;
    "aria-describedby": string;
  }) => ReactNode;
}

/** A label, a control, a hint or what is wrong. */
export function Field({ name, label, hint, optional = false, children }: FieldProps) {
  const id = useId();
  const problems = use(ProblemsContext)[name];
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline justify-between text-sm font-medium">
        {label}
        {optional && <span className="text-xs font-normal text-faint">optional</span>}
      </label>
      {children({ id, name, "aria-invalid": problems ? true : undefined, "aria-describedby": `${id}-note` })}
      <div id={`${id}-note`} className="text-xs empty:hidden">
        {problems ? (
          <span role="alert" className="text-bad">
            {label} {problems.join(", ")}
          </span>
        ) : (
          hint && <span className="text-muted">{hint}</span>
        )}
      </div>
    </div>
  );
}

type TextProps = Omit<FieldProps, "children"> & {
  type?: "text" | "password" | "email" | "number" | "url" | "datetime-local";
  defaultValue?: string | undefined;
  placeholder?: string;
  autoComplete?: string;
  autoFocus?: boolean;
  mono?: boolean;
};

export function TextField({
  type = "text",
  defaultValue,
  placeholder,
  autoComplete,
  autoFocus,
  mono,
  ...field
}: TextProps) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          type={type}
          defaultValue={defaultValue}
          placeholder={placeholder}
          autoComplete={autoComplete ?? "off"}
          // biome-ignore lint/a11y/noAutofocus: the first field of a form that was asked for.
          autoFocus={autoFocus}
          spellCheck={false}
          className={mono ? `${inputShape} font-mono` : inputShape}
        />
      )}
    </Field>
  );
}

export function TextArea({ defaultValue, placeholder, mono, rows = 3, ...field }: TextProps & { rows?: number }) {
  return (
    <Field {...field}>
      {(ties) => (
        <textarea
          {...ties}
          rows={rows}
          defaultValue={defaultValue}
          placeholder={placeholder}
          spellCheck={!mono}
          className={mono ? `${inputShape} font-mono text-xs` : inputShape}
        />
      )}
    </Field>
  );
}

type SelectProps = Omit<FieldProps, "children"> & {
  options: { value: string; label: string }[];
  defaultValue?: string | undefined;
  onChange?: (value: string) => void;
};

export function SelectField({ options, defaultValue, onChange, ...field }: SelectProps) {
  return (
    <Field {...field}>
      {(ties) => (
        <select
          {...ties}
          defaultValue={defaultValue}
          onChange={(event) => onChange?.(event.target.value)}
          className={`${inputShape} h-8.5`}
        >
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A box to tick: `on` in the values, or nothing. */
export function CheckField({
  name,
  label,
  hint,
  defaultChecked,
}: {
  name: string;
  label: string;
  hint?: ReactNode;
  defaultChecked?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        name={name}
        defaultChecked={defaultChecked}
        className="mt-0.5 size-4 accent-accent"
      />
      <label htmlFor={id} className="text-sm">
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </label>
    </div>
  );
}
