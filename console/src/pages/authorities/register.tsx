import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../paths.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { PemField, readPem } from "../../ui/pem-field.tsx";
import { JitpFields, jitpOptions, readJitp } from "./jitp-fields.tsx";
import { VerificationCode } from "./verification-code.tsx";

/** Two certificates: the authority's own, and one that it signed. Their private keys have no business here. */
export function RegisterAuthority({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({});
  const register = async (given: Values) => {
    const jitp = readJitp(given);
    const authority = await change("POST", "ca_certificates", null, {
      certificate: readPem("certificate", given.certificate),
      verification_certificate: readPem("verification_certificate", given.verification_certificate),
      ...(given.description !== undefined && { description: given.description }),
      ...(jitp && { jitp }),
    });
    await queryClient.invalidateQueries({ queryKey: ["ca_certificates"] });
    await navigate({ to: paths.authority(authority.prn) });
  };
  return (
    <Dialog title="Register an authority" onClose={onClose} wide>
      <div className="flex flex-col gap-6">
        <VerificationCode />
        <section className="flex flex-col gap-3">
          <h3 className="text-sm font-medium">2. Register it</h3>
          <Form submit="Register the authority" onSubmit={register} onCancel={onClose} onValues={setValues}>
            <PemField
              name="certificate"
              label="Certificate"
              hint="The authority's own, as PEM; the private key stays with you."
            />
            <PemField
              name="verification_certificate"
              label="Verification certificate"
              hint="The one that it signed, with the code for its common name."
            />
            <TextField name="description" label="Description" hint="Such as line 1." optional />
            <JitpFields jitp={null} />
            <CliHint command={`npx peridio ca-certificates create -c ca.pem -v code.pem${jitpOptions(values)}`} />
          </Form>
        </section>
      </div>
    </Dialog>
  );
}
