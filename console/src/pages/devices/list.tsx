import { Cpu } from "lucide-react";
import { paths } from "../../paths.ts";
import { ListPage } from "../../ui/list-page.tsx";
import { deviceColumns } from "./columns.tsx";

export function Devices() {
  return (
    <ListPage
      title="Devices"
      resource="devices"
      columns={deviceColumns}
      to={({ prn }) => paths.device(prn)}
      wordsIn="identifier"
      icon={<Cpu />}
      none={{
        title: "No devices yet",
        text: "A device is known by its certificate. Make one here, or register an authority whose devices come by themselves.",
        command: "npx peridio devices create --product-prn PRODUCT_PRN --cohort-prn COHORT_PRN --identifier SERIAL",
      }}
    />
  );
}
