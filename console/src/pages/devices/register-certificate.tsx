import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, type Values } from "../../ui/form.tsx";
import { PemField, readPem } from "../../ui/pem-field.tsx";
import { sayDone } from "../../ui/toast.tsx";

/** Takes a certificate that was made elsewhere; its private key is never asked for. */
export function RegisterCertificate({ device, onClose }: { device: Resources["devices"]; onClose: () => void }) {
  const register = async ({ certificate }: Values) => {
    const pem = readPem("certificate", certificate);
    await change("POST", "device_certificates", null, { device_prn: device.prn, certificate: pem });
    await queryClient.invalidateQueries({ queryKey: ["device_certificates"] });
    sayDone("The device is known by it from now on.");
    onClose();
  };
  return (
    <Dialog title="Register a certificate" onClose={onClose}>
      <Form submit="Register" onSubmit={register} onCancel={onClose}>
        <PemField
          name="certificate"
          label="Certificate"
          hint={`The device shows it, and signs with its key: the common name is mostly ${device.identifier}.`}
        />
        <CliHint
          command={`npx peridio device-certificates create --device-prn ${device.prn} --certificate-path certificate.pem`}
        />
      </Form>
    </Dialog>
  );
}
