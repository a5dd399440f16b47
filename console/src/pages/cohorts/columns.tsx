import type { Resources } from "../../api/resources.ts";
import { count } from "../../ui/bytes.ts";
import { NamedLink } from "../../ui/named-link.tsx";
import type { Column } from "../../ui/table.tsx";

import { When } from "../../ui/when.tsx";

export const cohortColumns: Column<Resources["cohorts"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "Devices", cell: ({ device_count }) => count(device_count), figures: true },
  { header: "Product", cell: ({ product_prn }) => <NamedLink resource="products" prn={product_prn} />, from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];
