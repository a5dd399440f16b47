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
import { When } from "../../ui/when.tsx";
import { Channel } from "./channel.tsx";
import { deviceClaimColumns } from "./device-claim-columns.tsx";
import { RolloutCard } from "./rollout-card.tsx";
import { Running } from "./running.tsx";
import { percentOf, phaseOf, stateOf } from "./state.ts";

export function ReleasePage() {
  const prn = usePrn("release");
  const query = useQuery(oneOf("releases", prn));
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader
            title={about.name}
            trail={[{ label: "Releases", to: "/releases" }]}
            badge={<StateBadge state={stateOf(about)} />}
            actions={<Running release={about} />}
          >
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <RolloutCard prn={prn} />
            <Card title="Its channel" flush>
              <Channel cohortPrn={about.cohort_prn} here={prn} />
            </Card>
            <Card title="About">
              <Facts>
                <Fact name="Bundle">
                  <NamedLink resource="bundles" prn={about.bundle_prn} />
                </Fact>
                <Fact name="Cohort">
                  <NamedLink resource="cohorts" prn={about.cohort_prn} />
                </Fact>
                <Fact name="Version">{about.version ?? "–"}</Fact>
                <Fact name="For devices that run">{about.version_requirement ?? "anything"}</Fact>
                <Fact name="From">
                  <When time={about.schedule_date} />
                </Fact>
                <Fact name="Must be installed">{about.required ? "yes: nothing later before it" : "no"}</Fact>
                <Fact name="Phase">{phaseOf(about)}</Fact>
                {about.failure_share !== null && (
                  <Fact name="Halts by itself">
                    when {percentOf(about.failure_share)} % of the devices that ended failed, at least{" "}
                    {about.failure_minimum}
                  </Fact>
                )}
                <Fact name="Comes after">
                  <NamedLink resource="releases" prn={about.previous_release_prn} />
                </Fact>
                <Fact name="Is followed by">
                  <NamedLink resource="releases" prn={about.next_release_prn} />
                </Fact>
                {about.description && <Fact name="Description">{about.description}</Fact>}
              </Facts>
            </Card>
            <Card title="Devices that were let have it" flush>
              <Table
                resource="release_claims"
                columns={deviceClaimColumns}
                only={`release_prn:${quoted(prn)}`}
                aside
                refresh={10_000}
                empty={<p className="p-4 text-sm text-muted">None yet: devices ask at their own pace.</p>}
              />
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}
