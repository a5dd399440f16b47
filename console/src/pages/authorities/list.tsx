import { FileBadge, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Hash } from "../../ui/copy.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { nameOf } from "./name-of.ts";
import { RegisterAuthority } from "./register.tsx";

const columns: Column<Resources["ca_certificates"]>[] = [
  { header: "Name", cell: nameOf },
  {
    header: "Description",
    cell: ({ description }) => <span className="text-muted">{description ?? "–"}</span>,
    from: "md",
  },
  { header: "Brings devices to", cell: ({ jitp }) => (jitp ? jitp.product_name : "nothing") },
  { header: "Valid until", cell: ({ not_after }) => <When time={not_after} />, from: "md" },
  { header: "Fingerprint", cell: ({ fingerprint }) => <Hash hash={fingerprint} />, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];

export function Authorities() {
  const [registering, setRegistering] = useState(false);
  const mayWrite = useMay("devices:write");
  return (
    <>
      <ListPage
        title="Authorities"
        resource="ca_certificates"
        columns={columns}
        to={({ prn }) => paths.authority(prn)}
        wordsIn="description"
        icon={<FileBadge />}
        none={{
          title: "No authorities yet",
          text: "Devices with a certificate of a registered authority are let in at their first contact.",
          command: "npx peridio ca-certificates create --certificate ca.pem --verification-certificate code.pem",
        }}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setRegistering(true)}>
              <Plus />
              Register
            </Button>
          )
        }
      />
      {registering && <RegisterAuthority onClose={() => setRegistering(false)} />}
    </>
  );
}
