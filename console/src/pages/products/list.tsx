import { Building2 } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { Prn } from "../../ui/copy.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["products"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: ({ archived }) => <StateBadge state={archived ? "archived" : "active"} /> },
  { header: "PRN", cell: ({ prn }) => <Prn prn={prn} />, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Products() {
  return (
    <ListPage
      title="Products"
      resource="products"
      columns={columns}
      to={({ prn }) => paths.product(prn)}
      wordsIn="name"
      icon={<Building2 />}
      none={{
        title: "No products yet",
        text: "A product is what you build and sell; its devices are grouped into cohorts.",
        command: "npx peridio products create --name NAME",
      }}
    />
  );
}
