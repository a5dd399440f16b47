import type { Resources } from "../../api/resources.ts";
import { Hash } from "../../ui/copy.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

export const certificateColumns: Column<Resources["device_certificates"]>[] = [
  { header: "Name", cell: ({ common_name, serial }) => common_name ?? serial },
  {
    header: "Fingerprint",
    cell: ({ fingerprint }) => <Hash hash={fingerprint} label="Copy the fingerprint" />,
    from: "md",
  },
  { header: "Valid until", cell: ({ not_after }) => <When time={not_after} /> },
];
