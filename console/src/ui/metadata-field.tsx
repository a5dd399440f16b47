import { useState } from "react";
import { Field, FieldProblem } from "./form.tsx";
import { inputShape } from "./form-shape.ts";

const name = "custom_metadata";

/** What is wrong with a text that should be a JSON object; null for nothing. */
function problemOfJson(text: string): string | null {
  if (text.trim() === "") return null;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? null : 'must be an object, such as {"channel": "beta"}';
  } catch (error) {
    return `isn't JSON: ${(error as Error).message}`;
  }
}

/** The object that was typed; null for none. @throws FieldProblem */
export function readMetadata(text: string | undefined): Record<string, unknown> | null {
  if (text === undefined || text.trim() === "") return null;
  const problem = problemOfJson(text);
  if (problem !== null) throw new FieldProblem(name, problem);
  return JSON.parse(text) as Record<string, unknown>;
}

/** A JSON object, checked while it is typed. */
export function MetadataField({
  value,
  optional = false,
}: {
  value?: Record<string, unknown> | null;
  optional?: boolean;
}) {
  const [text, setText] = useState(value ? JSON.stringify(value, null, 2) : "");
  const problem = problemOfJson(text);
  const hint = problem === null ? "A JSON object of your own; devices get it with the binary." : `Metadata ${problem}`;
  return (
    <Field
      name={name}
      label="Metadata"
      optional={optional}
      hint={<span className={problem ? "text-warn" : ""}>{hint}</span>}
    >
      {(ties) => (
        <textarea
          {...ties}
          value={text}
          rows={Math.min(16, Math.max(3, text.split("\n").length))}
          spellCheck={false}
          placeholder='{"channel": "beta"}'
          onChange={(event) => setText(event.target.value)}
          className={`${inputShape} font-mono text-xs`}
        />
      )}
    </Field>
  );
}
