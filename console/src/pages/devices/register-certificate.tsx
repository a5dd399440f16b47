import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FieldProblem, Form, type Values } from "../../ui/form.tsx";
import { inputShape } from "../../ui/form-shape.ts";
import { sayDone } from "../../ui/toast.tsx";

/** Bytes of a file that may still be a certificate. */
const mostBytes = 65_536;

/** Takes a certificate that was made elsewhere; its private key is never asked for. */
export function RegisterCertificate({ device, onClose }: { device: Resources["devices"]; onClose: () => void }) {
  const [text, setText] = useState("");
  const register = async ({ certificate }: Values) => {
    const pem = certificate ?? "";
    if (pem.includes("PRIVATE KEY")) {
      throw new FieldProblem(
        "certificate",
        "must be the certificate alone: this holds a private key, which stays with the device",
      );
    }
    if (!pem.includes("BEGIN CERTIFICATE")) {
      throw new FieldProblem("certificate", "must be PEM, which begins with -----BEGIN CERTIFICATE-----");
    }
    await change("POST", "device_certificates", null, { device_prn: device.prn, certificate: btoa(pem) });
    await queryClient.invalidateQueries({ queryKey: ["device_certificates"] });
    sayDone("The device is known by it from now on.");
    onClose();
  };
  const read = async (file: File | undefined) => {
    if (file && file.size <= mostBytes) setText(await file.text());
  };
  return (
    <Dialog title="Register a certificate" onClose={onClose}>
      <Form submit="Register" onSubmit={register} onCancel={onClose}>
        <Field
          name="certificate"
          label="Certificate"
          hint={`PEM text, or a file. The device shows it, and signs with its key: the common name is mostly ${device.identifier}.`}
        >
          {(ties) => (
            <textarea
              {...ties}
              rows={6}
              value={text}
              spellCheck={false}
              placeholder="-----BEGIN CERTIFICATE-----"
              onChange={(event) => setText(event.target.value)}
              className={`${inputShape} font-mono text-xs`}
            />
          )}
        </Field>
        <input
          type="file"
          aria-label="A file with the certificate"
          accept=".pem,.crt,.cer"
          onChange={(event) => void read(event.target.files?.[0])}
          className="text-sm text-muted"
        />
        <CliHint
          command={`npx peridio device-certificates create --device-prn ${device.prn} --certificate-path certificate.pem`}
        />
      </Form>
    </Dialog>
  );
}
