import { Building2, Plus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Prn } from "../../ui/copy.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { ProductDialog } from "./product-dialog.tsx";

const columns: Column<Resources["products"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: ({ archived }) => <StateBadge state={archived ? "archived" : "active"} /> },
  { header: "PRN", cell: ({ prn }) => <Prn prn={prn} />, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Products() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("devices:write");
  return (
    <>
      <ListPage
        title="Products"
        resource="products"
        columns={columns}
        to={({ prn }) => paths.product(prn)}
        wordsIn="name"
        icon={<Building2 />}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setCreating(true)}>
              <Plus />
              New product
            </Button>
          )
        }
        none={{
          title: "No products yet",
          text: "A product is what you build and sell; its devices are grouped into cohorts.",
          command: "npx peridio products create --name NAME",
        }}
      />
      {creating && <ProductDialog onClose={() => setCreating(false)} />}
    </>
  );
}
