import { Ban, Trash2 } from "lucide-react";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";

const refresh = async () => {
  await queryClient.invalidateQueries({ queryKey: ["signing_keys"] });
  await queryClient.invalidateQueries({ queryKey: ["binaries"] });
};

/** Revoking and deleting a key, each after saying what breaks. */
export function KeyActions({ signingKey: { prn, name, revoked_at } }: { signingKey: Resources["signing_keys"] }) {
  const [opened, setOpened] = useState<"revoke" | "delete" | null>(null);
  const close = () => setOpened(null);
  return (
    <div className="relative flex justify-end">
      {revoked_at === null && (
        <IconButton label={`Revoke ${name}`} onClick={() => setOpened("revoke")}>
          <Ban />
        </IconButton>
      )}
      <IconButton label={`Delete ${name}`} onClick={() => setOpened("delete")}>
        <Trash2 />
      </IconButton>
      {opened === "revoke" && (
        <Confirm
          title="Revoke the key"
          action="Revoke the key"
          name={name}
          consequences={[
            "Its signatures count no more, at once and for good: it can't be taken back.",
            "Binaries that no other key signed reach no device until they are signed anew.",
          ]}
          command={`npx peridio signing-keys update --prn ${prn} --revoke`}
          onConfirm={async () => {
            await change("PATCH", "signing_keys", prn, { revoked: true });
            await refresh();
          }}
          onClose={close}
        />
      )}
      {opened === "delete" && (
        <Confirm
          title="Delete the key"
          action="Delete the key"
          name={name}
          consequences={["Only a key that has signed nothing can be deleted; one that has is revoked instead."]}
          command={`npx peridio signing-keys delete --prn ${prn}`}
          onConfirm={async () => {
            await change("DELETE", "signing_keys", prn);
            await refresh();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
