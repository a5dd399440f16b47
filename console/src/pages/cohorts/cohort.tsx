import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { usePrn } from "../../session/use-prn.ts";
import { count } from "../../ui/bytes.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Table } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { deviceColumns } from "../devices/columns.tsx";
import { releaseColumns } from "../releases/columns.tsx";

export function CohortPage() {
  const prn = usePrn("cohort");
  const query = useQuery(oneOf("cohorts", prn));
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader title={about.name} trail={[{ label: "Cohorts", to: "/cohorts" }]}>
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="About">
              <Facts>
                <Fact name="Product">
                  <ThingLink prn={about.product_prn} />
                </Fact>
                <Fact name="Devices">{count(about.device_count)}</Fact>
                {about.description && <Fact name="Description">{about.description}</Fact>}
              </Facts>
            </Card>
            <Card title="Releases, the newest first" flush>
              <Table
                resource="releases"
                columns={releaseColumns}
                to={(release) => paths.release(release.prn)}
                only={`cohort_prn:${quoted(prn)}`}
                aside
                empty={<p className="p-4 text-sm text-muted">Nothing was released to it yet.</p>}
              />
            </Card>
            <Card title="Devices" flush>
              <Table
                resource="devices"
                columns={deviceColumns}
                to={(device) => paths.device(device.prn)}
                only={`cohort_prn:${quoted(prn)}`}
                aside
                empty={<p className="p-4 text-sm text-muted">No device is in it yet.</p>}
              />
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}
