import { Field, FieldProblem } from "./form.tsx";
import { inputShape } from "./form-shape.ts";

/** Bytes of a file that may still be a certificate. */
const mostBytes = 65_536;

/** A certificate as PEM, pasted or from a file. */
export function PemField({ name, label, hint }: { name: string; label: string; hint: string }) {
  return (
    <Field name={name} label={label} hint={hint}>
      {(ties) => (
        <>
          <textarea
            {...ties}
            rows={4}
            spellCheck={false}
            placeholder="-----BEGIN CERTIFICATE-----"
            className={`${inputShape} font-mono text-xs`}
          />
          <input
            type="file"
            accept=".pem,.crt,.cer"
            aria-label={`${label}, from a file`}
            onChange={(event) => void fill(event.target, ties.id)}
            className="text-xs text-muted file:mr-3 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-2 file:py-1 file:text-xs file:text-ink"
          />
        </>
      )}
    </Field>
  );
}

async function fill({ files }: HTMLInputElement, id: string): Promise<void> {
  const file = files?.[0];
  if (!file || file.size > mostBytes) return;
  const area = document.getElementById(id) as HTMLTextAreaElement;
  area.value = await file.text();
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** The certificate that was given. @throws FieldProblem for none, and for a private key, which has no business here */
export function readPem(name: string, text: string | undefined): string {
  if (text === undefined) throw new FieldProblem(name, "is required");
  if (text.includes("PRIVATE KEY")) {
    throw new FieldProblem(name, "must be the certificate alone: this holds a private key, which stays where it is");
  }
  if (!text.includes("BEGIN CERTIFICATE")) {
    throw new FieldProblem(name, "must be PEM, which begins with -----BEGIN CERTIFICATE-----");
  }
  return text;
}
