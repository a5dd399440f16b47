import { bodyOf } from "@open-peridio/sdk";
import { useNavigate } from "@tanstack/react-router";
import { CirclePause, CirclePlay, Ellipsis, KeyRound, Pencil, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { moreButton } from "../../ui/more-button.ts";
import { sayDone, sayProblem } from "../../ui/toast.tsx";
import { EditWebhook } from "./edit.tsx";
import { RollSecret } from "./roll-secret.tsx";

type Webhook = Resources["webhooks"];

const refresh = () => queryClient.invalidateQueries({ queryKey: ["webhooks"] });

/** What can be done with a webhook, by who may. */
export function Actions({ webhook }: { webhook: Webhook }) {
  const { prn, state } = webhook;
  const mayWrite = useMay("webhooks:write");
  const [opened, setOpened] = useState<"edit" | "roll" | "disable" | "delete" | null>(null);
  const close = () => setOpened(null);
  if (!mayWrite) return null;

  const test = async (): Promise<void> => {
    try {
      await bodyOf(client.api.POST("/webhooks/{prn}/test_fire", { params: { path: { prn } } }));
      sayDone("A test event is on its way: below stands how it went.");
      await queryClient.invalidateQueries({ queryKey: ["webhook_deliveries"] });
    } catch (error) {
      sayProblem(error, test);
    }
  };
  const enable = async (): Promise<void> => {
    try {
      await change("PATCH", "webhooks", prn, { state: "enabled" });
      sayDone("It answered the test event, and is enabled.");
      await refresh();
    } catch (error) {
      sayProblem(error, enable);
    }
  };
  return (
    <>
      {state === "enabled" ? (
        <Button onClick={() => void test()}>
          <Send />
          Send a test
        </Button>
      ) : (
        <Button look="primary" onClick={() => void enable()}>
          <CirclePlay />
          Enable
        </Button>
      )}
      <Button data-edit="" onClick={() => setOpened("edit")}>
        <Pencil />
        Edit
      </Button>
      <Menu label="More" button={<Ellipsis className="size-4" />} buttonClass={moreButton}>
        <MenuItem onSelect={() => setOpened("roll")}>
          <KeyRound />
          Roll the secret…
        </MenuItem>
        {state === "enabled" && (
          <MenuItem onSelect={() => setOpened("disable")}>
            <CirclePause />
            Disable…
          </MenuItem>
        )}
        <MenuItem onSelect={() => setOpened("delete")} danger>
          <Trash2 />
          Delete…
        </MenuItem>
      </Menu>
      {opened === "edit" && <EditWebhook webhook={webhook} onClose={close} />}
      {opened === "roll" && <RollSecret prn={prn} onClose={close} />}
      {opened === "disable" && <Disable prn={prn} onClose={close} />}
      {opened === "delete" && <Delete webhook={webhook} onClose={close} />}
    </>
  );
}

function Disable({ prn, onClose }: { prn: string; onClose: () => void }) {
  return (
    <Confirm
      title="Disable the webhook"
      action="Disable the webhook"
      consequences={[
        "It is told nothing from now on. What happens meanwhile it never hears of.",
        "What is on its way waits, and is sent when it is enabled again.",
      ]}
      command={`npx peridio webhooks update --prn ${prn} --state disabled`}
      onConfirm={async () => {
        await change("PATCH", "webhooks", prn, { state: "disabled" });
        await refresh();
      }}
      onClose={onClose}
    />
  );
}

function Delete({ webhook: { prn, url }, onClose }: { webhook: Webhook; onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <Confirm
      title="Delete the webhook"
      action="Delete the webhook"
      name={URL.parse(url)?.host ?? url}
      consequences={[
        "Whoever listens there hears nothing any more. What it was not told yet, it never is.",
        "Its deliveries and its secret are gone for good; a new webhook gets a new secret.",
      ]}
      command={`npx peridio webhooks delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "webhooks", prn);
        await navigate({ to: "/webhooks" });
        await refresh();
      }}
      onClose={onClose}
    />
  );
}
