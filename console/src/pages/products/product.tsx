import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Card } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { cohortColumns } from "../cohorts/columns.tsx";

export function ProductPage() {
  const prn = usePrn("product");
  const query = useQuery(oneOf("products", prn));
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader
            title={about.name}
            trail={[{ label: "Products", to: "/products" }]}
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
        </>
      )}
    </Loaded>
  );
}
