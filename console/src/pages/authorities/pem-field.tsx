import { Field, FieldProblem } from "../../ui/form.tsx";
import { inputShape } from "../../ui/form-shape.ts";

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
  const area = document.getElementById(id) as HTMLTextAreaElement;
  area.value = (await files?.[0]?.text()) ?? "";
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** The certificate that was given. @throws FieldProblem for none, and for a private key, which nobody should send */
export function readPem(name: string, text: string | undefined): string {
  if (text === undefined) throw new FieldProblem(name, "is required");
  if (text.includes("PRIVATE KEY")) {
    throw new FieldProblem(name, "is a private key: keep it to yourself, and give the certificate");
  }
  return text;
}
