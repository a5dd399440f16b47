import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { Actions } from "./actions.tsx";
import { Delivery } from "./delivery.tsx";
import { deliveryColumns } from "./delivery-columns.tsx";

export function WebhookPage() {
  const prn = usePrn("webhook");
  const query = useQuery(oneOf("webhooks", prn));
  const [delivery, setDelivery] = useState<string | null>(null);
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader
            title={about.url}
            trail={[{ label: "Webhooks", to: "/webhooks" }]}
            badge={<StateBadge state={about.state} />}
            actions={<Actions webhook={about} />}
          >
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="About">
              <Facts>
                {about.description && <Fact name="Description">{about.description}</Fact>}
                {about.disabled_reason && <Fact name="Disabled because">{about.disabled_reason}</Fact>}
                {about.failing_since && (
                  <Fact name="Failing">
                    since <When time={about.failing_since} />
                  </Fact>
                )}
                {about.previous_secret_expires_at && (
                  <Fact name="Old secret">
                    ends <When time={about.previous_secret_expires_at} />
                  </Fact>
                )}
                <Fact name="Events">
                  {about.enabled_events.length > 0 ? about.enabled_events.join(", ") : "none: it is told nothing"}
                </Fact>
              </Facts>
            </Card>
            <Card title="Deliveries, the newest first" flush>
              <Table
                resource="webhook_deliveries"
                columns={deliveryColumns}
                open={(row) => setDelivery(row.prn)}
                only={`webhook_prn:${quoted(prn)}`}
                aside
                refresh={5_000}
                empty={<p className="p-4 text-sm text-muted">Nothing has been delivered yet: send a test.</p>}
              />
            </Card>
            <CliHint command={`npx peridio webhooks test-fire --prn ${prn}`} />
          </div>
          {delivery !== null && <Delivery prn={delivery} onClose={() => setDelivery(null)} />}
        </>
      )}
    </Loaded>
  );
}
