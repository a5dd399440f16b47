import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { useMay } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Hash } from "../../ui/copy.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { RegisterCertificate } from "./register-certificate.tsx";

type Certificate = Resources["device_certificates"];

const columns: Column<Certificate>[] = [
  { header: "Name", cell: ({ common_name, serial }) => common_name ?? serial },
  {
    header: "Fingerprint",
    cell: ({ fingerprint }) => <Hash hash={fingerprint} label="Copy the fingerprint" />,
    from: "md",
  },
  { header: "Valid until", cell: ({ not_after }) => <When time={not_after} /> },
];

/** What a device shows to say who it is. */
export function Certificates({ device }: { device: Resources["devices"] }) {
  const mayWrite = useMay("devices:write");
  const [opened, setOpened] = useState<"register" | Certificate | null>(null);
  const close = () => setOpened(null);
  const register = mayWrite && (
    <Button onClick={() => setOpened("register")}>
      <Plus />
      Register a certificate
    </Button>
  );
  const last: Column<Certificate> = {
    header: "Delete",
    figures: true,
    cell: (certificate) => (
      <IconButton label="Delete the certificate" onClick={() => setOpened(certificate)}>
        <Trash2 />
      </IconButton>
    ),
  };
  return (
    <Card title="Certificates" actions={register} flush>
      <Table
        resource="device_certificates"
        columns={mayWrite ? [...columns, last] : columns}
        only={`device_prn:${quoted(device.prn)}`}
        aside
        empty={
          <div className="flex flex-col gap-3 p-4 text-sm text-muted">
            <p>None: it can't ask for anything yet. Make one in a shell, then register it here.</p>
            <CliHint
              command={`npx peridio x509 create --common-name ${shellWord(device.identifier)} --start-date 2026-01-01 --end-date 2036-01-01`}
            />
          </div>
        }
      />
      {opened === "register" && <RegisterCertificate device={device} onClose={close} />}
      {opened !== null && opened !== "register" && <Delete certificate={opened} onClose={close} />}
    </Card>
  );
}

function Delete({ certificate, onClose }: { certificate: Certificate; onClose: () => void }) {
  const { prn, common_name: name, serial } = certificate;
  return (
    <Confirm
      title="Delete the certificate"
      action="Delete the certificate"
      name={name ?? serial}
      consequences={["The server knows the device by it no more: without another one it gets no updates."]}
      command={`npx peridio device-certificates delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "device_certificates", prn);
        await queryClient.invalidateQueries({ queryKey: ["device_certificates"] });
      }}
      onClose={onClose}
    />
  );
}
