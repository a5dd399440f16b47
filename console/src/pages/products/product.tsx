import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { CohortDialog } from "../cohorts/cohort-dialog.tsx";
import { cohortColumns } from "../cohorts/columns.tsx";
import { ProductDialog } from "./product-dialog.tsx";

export function ProductPage() {
  const prn = usePrn("product");
  const query = useQuery(oneOf("products", prn));
  const mayWrite = useMay("devices:write");
  const [opened, setOpened] = useState<"edit" | "cohort" | null>(null);
  const close = () => setOpened(null);
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader
            title={about.name}
            trail={[{ label: "Products", to: "/products" }]}
            actions={
              mayWrite && (
                <>
                  <Button data-edit="" onClick={() => setOpened("edit")}>
                    <Pencil />
                    Edit
                  </Button>
                  <Button look="primary" data-create="" onClick={() => setOpened("cohort")}>
                    <Plus />
                    New cohort
                  </Button>
                </>
              )
            }
            badge={about.archived && <StateBadge state="archived" />}
          >
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="Cohorts" flush>
              <Table
                resource="cohorts"
                columns={cohortColumns}
                to={(cohort) => paths.cohort(cohort.prn)}
                only={`product_prn:${quoted(prn)}`}
                aside
                empty={<p className="p-4 text-sm text-muted">No cohorts yet: releases need one.</p>}
              />
            </Card>
          </div>
          {opened === "edit" && <ProductDialog product={about} onClose={close} />}
          {opened === "cohort" && <CohortDialog productPrn={prn} onClose={close} />}
        </>
      )}
    </Loaded>
  );
}
