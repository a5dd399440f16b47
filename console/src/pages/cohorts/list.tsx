import { Plus, Split } from "lucide-react";
import { useState } from "react";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { CohortDialog } from "./cohort-dialog.tsx";
import { cohortColumns } from "./columns.tsx";

export function Cohorts() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("devices:write");
  return (
    <>
      <ListPage
        title="Cohorts"
        resource="cohorts"
        columns={cohortColumns}
        to={({ prn }) => paths.cohort(prn)}
        wordsIn="name"
        icon={<Split />}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setCreating(true)}>
              <Plus />
              New cohort
            </Button>
          )
        }
        none={{
          title: "No cohorts yet",
          text: "A cohort is a group of devices of one product that get the same releases, such as beta or production.",
          command: "npx peridio cohorts create --product-prn PRODUCT_PRN --name NAME",
        }}
      />
      {creating && <CohortDialog onClose={() => setCreating(false)} />}
    </>
  );
}
