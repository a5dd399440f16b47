import { useState } from "react";
import { FieldProblem, SelectField, TextField, type Values } from "../../ui/form.tsx";
import { fromLocalField, timeZone } from "../../ui/local-time.ts";

const day = 86_400_000;
const usual = "90";
const choices = [
  { value: "never", label: "never" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "at", label: "at a time of your choice" },
];

/** When a key ends: after some days, or at a time. */
export function ExpiryField() {
  const [choice, setChoice] = useState(usual);
  return (
    <>
      <SelectField
        name="expires"
        label="Expires"
        options={choices}
        defaultValue={choice}
        onChange={setChoice}
        hint="What expires can't be forgotten somewhere. Rotating a key doesn't prolong its life."
      />
      {choice === "at" && <TextField name="expires_at" label="Time" type="datetime-local" hint={timeZone} />}
    </>
  );
}

/** The time that was chosen, as the API takes it; null for never. @throws FieldProblem */
export function readExpiry({ expires = usual, expires_at: at }: Values, now = Date.now()): string | null {
  if (expires === "never") return null;
  if (expires !== "at") return new Date(now + Number(expires) * day).toISOString();
  const time = fromLocalField(at ?? "");
  if (time === null) throw new FieldProblem("expires_at", "is required");
  if (Date.parse(time) <= now) throw new FieldProblem("expires_at", "must be in the future");
  return time;
}

/** The same for a command, as far as it is known yet. */
export function expiryOption(values: Values): string {
  try {
    const time = readExpiry(values);
    return time === null ? "" : ` --expires-at ${time.replace(/:\d\d\.\d+Z$/, ":00Z")}`;
  } catch {
    return " --expires-at TIME";
  }
}
