import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { DisableSecondFactor } from "./disable-second-factor.tsx";
import { SetUpSecondFactor } from "./set-up-second-factor.tsx";

/** Whether one has a second factor; null for who isn't told: only the list of people, which is for admins, says so. */
function useHasFactor(): boolean | null {
  const { email } = useSession();
  const mayAsk = useMay("admin");
  const search = `email:${quoted(email)}`;
  const { data } = useQuery({ ...listOf("org_users", { search }), enabled: mayAsk && email !== "" });
  return data?.items[0]?.has_totp ?? null;
}

export function SecondFactor() {
  const has = useHasFactor();
  const [opened, setOpened] = useState<"set-up" | "disable" | null>(null);
  const close = () => setOpened(null);
  return (
    <Card
      title="Second factor"
      actions={has !== null && <StateBadge state={has ? "set up" : "none"} tone={has ? "good" : "warn"} />}
    >
      <p className="text-sm text-muted">
        A code of an authenticator app, asked for beside the password. Whoever learns the password alone can't sign in.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {has !== true && (
          <Button look={has === false ? "primary" : "plain"} onClick={() => setOpened("set-up")}>
            Set up
          </Button>
        )}
        {has !== false && (
          <Button look="danger-plain" onClick={() => setOpened("disable")}>
            Turn off
          </Button>
        )}
      </div>
      {opened === "set-up" && <SetUpSecondFactor onClose={close} />}
      {opened === "disable" && <DisableSecondFactor onClose={close} />}
    </Card>
  );
}
