import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Hash, Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { Actions } from "./actions.tsx";
import { Kept } from "./kept.tsx";
import { kindOf } from "./kinds.ts";
import { TestResult } from "./test-result.tsx";

export function StorePage() {
  const prn = usePrn("content_store");
  const query = useQuery(oneOf("content_stores", prn));
  return (
    <Loaded query={query}>
      {(store) => (
        <>
          <PageHeader
            title={store.name}
            trail={[{ label: "Storage", to: "/storage" }]}
            badge={<StateBadge state={store.state} />}
            actions={<Actions store={store} />}
          >
            <Prn prn={prn} />
            <span>
              added <When time={store.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="About">
              <Facts>
                <Fact name="Kind">{kindOf(store.url).label}</Fact>
                <Fact name="Address">
                  <code className="font-mono text-xs">{store.url}</code>
                </Fact>
                {store.external_id !== null && (
                  <Fact name="External ID">
                    <Hash hash={store.external_id} full label="Copy the external ID" />
                    <span className="block text-xs text-muted">
                      The role's trust policy must ask for it as sts:ExternalId.
                    </span>
                  </Fact>
                )}
                <Fact name="Kept here">
                  <Kept prn={prn} />
                </Fact>
              </Facts>
            </Card>
            <Card title="Last test" flush>
              {store.last_test === null ? (
                <p className="p-4 text-sm text-muted">
                  It was never tested. A test uploads, reads and deletes an object, and says how each step went.
                </p>
              ) : (
                <TestResult test={store.last_test} />
              )}
            </Card>
            <CliHint command={`npx peridio storage test --prn ${prn}`} />
          </div>
        </>
      )}
    </Loaded>
  );
}
