import { Split } from "lucide-react";
import { paths } from "../../paths.ts";
import { ListPage } from "../../ui/list-page.tsx";
import { cohortColumns } from "./columns.tsx";

export function Cohorts() {
  return (
    <ListPage
      title="Cohorts"
      resource="cohorts"
      columns={cohortColumns}
      to={({ prn }) => paths.cohort(prn)}
      wordsIn="name"
      icon={<Split />}
      none={{
        title: "No cohorts yet",
        text: "A cohort is a group of devices of one product that get the same releases, such as beta or production.",
        command: "npx peridio cohorts create --product-prn PRODUCT_PRN --name NAME",
      }}
    />
  );
}
