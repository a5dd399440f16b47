import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Hash, Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Table } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { releaseColumns } from "../releases/columns.tsx";

export function BundlePage() {
  const prn = usePrn("bundle");
  const query = useQuery(oneOf("bundles", prn));
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader title={about.name ?? `…${prn.slice(-12)}`} trail={[{ label: "Bundles", to: "/bundles" }]}>
            <Prn prn={prn} />
            <span>
              created <When time={about.inserted_at} />
            </span>
          </PageHeader>
          <div className="flex flex-col gap-4">
            <Card title="About">
              <Facts>
                {about.hash !== undefined && (
                  <Fact name="Hash">
                    <Hash hash={about.hash} full />
                  </Fact>
                )}
                <Fact name="Binaries">
                  <ul className="flex flex-col gap-1">
                    {(about.binaries ?? []).map((binary) => (
                      <li key={binary.prn}>
                        <ThingLink prn={binary.prn} />
                      </li>
                    ))}
                  </ul>
                </Fact>
              </Facts>
            </Card>
            <Card title="Releases with it" flush>
              <Table
                resource="releases"
                columns={releaseColumns}
                to={(release) => paths.release(release.prn)}
                only={`bundle_prn:${quoted(prn)}`}
                aside
                empty={<p className="p-4 text-sm text-muted">No release puts it before devices yet.</p>}
              />
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}
