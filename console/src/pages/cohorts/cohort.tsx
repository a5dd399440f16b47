import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Rocket } from "lucide-react";
import { useState } from "react";
import { oneOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Button } from "../../ui/button.tsx";
import { count } from "../../ui/bytes.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { deviceColumns } from "../devices/columns.tsx";
import { DeviceDialog } from "../devices/device-dialog.tsx";
import { Channel } from "../releases/channel.tsx";
import { releaseColumns } from "../releases/columns.tsx";
import { CreateRelease } from "../releases/create.tsx";
import { CohortDialog } from "./cohort-dialog.tsx";

export function CohortPage() {
  const prn = usePrn("cohort");
  const query = useQuery(oneOf("cohorts", prn));
  const mayRelease = useMay("releases:write");
  const mayWrite = useMay("devices:write");
  const [opened, setOpened] = useState<"edit" | "release" | "device" | null>(null);
  const close = () => setOpened(null);
  return (
    <Loaded query={query}>
      {(about) => (
        <>
          <PageHeader
            title={about.name}
            trail={[{ label: "Cohorts", to: "/cohorts" }]}
            actions={
              <>
                {mayWrite && (
                  <Button data-edit="" onClick={() => setOpened("edit")}>
                    <Pencil />
                    Edit
                  </Button>
                )}
                {mayRelease && (
                  <Button look="primary" data-create="" onClick={() => setOpened("release")}>
                    <Rocket />
                    New release
                  </Button>
                )}
              </>
            }
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
                <Fact name="Devices">{count(about.device_count)}</Fact>
                {about.description && <Fact name="Description">{about.description}</Fact>}
              </Facts>
            </Card>
            <Card title="Channel" flush>
              <Channel cohortPrn={prn} />
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
            <Card
              title="Devices"
              actions={
                mayWrite && (
                  <Button onClick={() => setOpened("device")}>
                    <Plus />
                    New device
                  </Button>
                )
              }
              flush
            >
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
          {opened === "edit" && <CohortDialog cohort={about} onClose={close} />}
          {opened === "release" && <CreateRelease cohortPrn={prn} onClose={close} />}
          {opened === "device" && (
            <DeviceDialog place={{ productPrn: about.product_prn, cohortPrn: prn }} onClose={close} />
          )}
        </>
      )}
    </Loaded>
  );
}
