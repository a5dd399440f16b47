import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Table } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { Actions } from "./actions.tsx";
import { Certificates } from "./certificates.tsx";
import { claimColumns } from "./claim-columns.tsx";
import { WouldGet } from "./would-get.tsx";

export function DevicePage() {
  const prn = usePrn("device");
  const query = useQuery(oneOf("devices", prn));
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader
            title={about.identifier}
            trail={[{ label: "Devices", to: "/devices" }]}
            actions={<Actions device={about} />}
            badge={about.quarantined && <StateBadge state="quarantined" />}
          >
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="About">
              <Facts>
                <Fact name="Product">
                  <NamedLink resource="products" prn={about.product_prn} />
                </Fact>
                <Fact name="Cohort">
                  <NamedLink resource="cohorts" prn={about.cohort_prn} />
                </Fact>
                <Fact name="Runs the release">
                  <ThingLink prn={about.reported_release_prn} name={about.reported_release_version ?? undefined} />
                </Fact>
                <Fact name="Runs the bundle">
                  <NamedLink resource="bundles" prn={about.reported_bundle_prn} />
                </Fact>
                <Fact name="Last seen">
                  {about.last_connected_at === null ? "never" : <When time={about.last_connected_at} />}
                </Fact>
                <Fact name="Target">{about.target ?? "–"}</Fact>
                <Fact name="Tags">{about.tags?.join(", ") || "–"}</Fact>
                {about.description && <Fact name="Description">{about.description}</Fact>}
              </Facts>
            </Card>
            <WouldGet key={prn} device={about} />
            <Certificates device={about} />
            <Card title="Releases that it was let have" flush>
              <Table
                resource="release_claims"
                columns={claimColumns}
                only={`device_prn:${quoted(prn)}`}
                aside
                empty={<p className="p-4 text-sm text-muted">None yet.</p>}
              />
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}
