import { Cpu, Plus } from "lucide-react";
import { useState } from "react";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import { deviceColumns } from "./columns.tsx";
import { DeviceDialog } from "./device-dialog.tsx";

export function Devices() {
  const [creating, setCreating] = useState(false);
  const mayWrite = useMay("devices:write");
  return (
    <>
      <ListPage
        title="Devices"
        resource="devices"
        columns={deviceColumns}
        to={({ prn }) => paths.device(prn)}
        wordsIn="identifier"
        icon={<Cpu />}
        actions={
          mayWrite && (
            <Button look="primary" data-create="" onClick={() => setCreating(true)}>
              <Plus />
              New device
            </Button>
          )
        }
        none={{
          title: "No devices yet",
          text: "A device is known by its certificate. Make one here, or register an authority whose devices come by themselves.",
          command: "npx peridio devices create --product-prn PRODUCT_PRN --cohort-prn COHORT_PRN --identifier SERIAL",
        }}
      />
      {creating && <DeviceDialog onClose={() => setCreating(false)} />}
    </>
  );
}
