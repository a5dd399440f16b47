import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useSession } from "../../session/session.ts";
import { Confirm } from "../../ui/confirm.tsx";

export function RemovePerson({
  person: { prn, email },
  onClose,
}: {
  person: Resources["org_users"];
  onClose: () => void;
}) {
  const isOneself = useSession().email === email;
  return (
    <Confirm
      title={isOneself ? "Leave the organization" : "Remove the person"}
      action={isOneself ? "Leave" : "Remove"}
      name={email}
      consequences={[
        isOneself ? "You are signed out of this organization at once." : "Is signed out of this organization at once.",
        "Invitations that this person wrote work no more.",
        "API keys that this person made go on: look at them, and revoke what you don't want.",
      ]}
      command={`npx peridio org-users delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "org_users", prn);
        await queryClient.invalidateQueries({ queryKey: ["org_users"] });
        await queryClient.invalidateQueries({ queryKey: ["invitations"] });
        if (isOneself) await queryClient.invalidateQueries({ queryKey: ["me"] });
      }}
      onClose={onClose}
    />
  );
}
