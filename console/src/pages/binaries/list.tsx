import { Box } from "lucide-react";
import { useRefetchInterval } from "../../api/live.ts";
import { paths } from "../../paths.ts";
import { ArchivedToggle } from "../../ui/archived.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Table } from "../../ui/table.tsx";
import { binaryColumns } from "./columns.tsx";

export function Binaries() {
  const refresh = useRefetchInterval(true);
  return (
    <>
      <PageHeader title="Binaries" />
      <Card flush>
        <Table
          resource="binaries"
          columns={binaryColumns}
          to={({ prn }) => paths.binary(prn)}
          wordsIn="target"
          actions={<ArchivedToggle />}
          refresh={refresh}
          empty={
            <Empty
              title="No binaries yet"
              icon={<Box />}
              action={<ButtonLink to="/artifacts">To the artifacts</ButtonLink>}
            >
              A binary is the content of one version for one target. Choose an artifact and a version; there you drop
              the file.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
