import { useNavigate } from "@tanstack/react-router";
import { Pencil, ShieldCheck, ShieldOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { sayDone } from "../../ui/toast.tsx";
import { DeviceDialog } from "./device-dialog.tsx";

interface AskProps {
  device: Resources["devices"];
  onClose: () => void;
}

export function Actions({ device }: { device: Resources["devices"] }) {
  const mayWrite = useMay("devices:write");
  const [opened, setOpened] = useState<"edit" | "quarantine" | "delete" | null>(null);
  const close = () => setOpened(null);
  if (!mayWrite) return null;
  return (
    <>
      <IconButton label="Delete" onClick={() => setOpened("delete")}>
        <Trash2 />
      </IconButton>
      <Button onClick={() => setOpened("quarantine")}>
        {device.quarantined ? <ShieldCheck /> : <ShieldOff />}
        {device.quarantined ? "End the quarantine" : "Quarantine"}
      </Button>
      <Button data-edit="" onClick={() => setOpened("edit")}>
        <Pencil />
        Edit
      </Button>
      {opened === "edit" && <DeviceDialog device={device} onClose={close} />}
      {opened === "quarantine" && <Quarantine device={device} onClose={close} />}
      {opened === "delete" && <Delete device={device} onClose={close} />}
    </>
  );
}

function Quarantine({ device: { prn, quarantined }, onClose }: AskProps) {
  const consequences = quarantined
    ? [
        "From its next question on it gets what its cohort's releases, or an override, say.",
        "It counts for the shares of phased releases again.",
      ]
    : [
        "It gets no update, neither by a release nor by an override, until you end it. What it runs goes on running.",
        "It doesn't count for the shares of phased releases.",
      ];
  return (
    <Confirm
      title={quarantined ? "End the quarantine" : "Put the device into quarantine"}
      action={quarantined ? "End the quarantine" : "Quarantine the device"}
      consequences={consequences}
      command={`npx peridio devices update --prn ${prn} --quarantined ${!quarantined}`}
      onConfirm={async () => {
        await change("PATCH", "devices", prn, { quarantined: !quarantined });
        await queryClient.invalidateQueries({ queryKey: ["devices"] });
        sayDone(quarantined ? "It gets updates again." : "It gets no update any more.");
      }}
      onClose={onClose}
    />
  );
}

function Delete({ device: { prn, identifier }, onClose }: AskProps) {
  const navigate = useNavigate();
  return (
    <Confirm
      title="Delete the device"
      action="Delete the device"
      name={identifier}
      consequences={[
        "Its certificates go with it: it can't ask for updates any more.",
        "What it was let have counts no more in the rollouts, and it leaves its overrides.",
        "An authority that brings devices brings it anew the next time it asks.",
      ]}
      command={`npx peridio devices delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "devices", prn);
        await navigate({ to: "/devices" });
        for (const key of ["devices", "cohorts"]) await queryClient.invalidateQueries({ queryKey: [key] });
      }}
      onClose={onClose}
    />
  );
}
