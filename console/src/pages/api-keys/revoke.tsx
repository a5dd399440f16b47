import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { relativeTime } from "../../ui/when.tsx";

interface AskProps {
  apiKey: Resources["api_keys"];
  onClose: () => void;
}

const refresh = () => queryClient.invalidateQueries({ queryKey: ["api_keys"] });

export function RevokeKey({ apiKey: { prn, name, last_used_at }, onClose }: AskProps) {
  return (
    <Confirm
      title="Revoke the key"
      action="Revoke the key"
      name={name}
      consequences={[
        last_used_at === null ? "It was never used." : `It was last used ${relativeTime(last_used_at)}.`,
        "Whatever uses it is refused from this moment on. It can't be taken back: make a new key instead.",
      ]}
      command={`npx peridio api-keys update --prn ${prn} --revoke`}
      onConfirm={async () => {
        await change("PATCH", "api_keys", prn, { revoked: true });
        await refresh();
      }}
      onClose={onClose}
    />
  );
}

export function DeleteKey({ apiKey: { prn, name }, onClose }: AskProps) {
  return (
    <Confirm
      title="Delete the key"
      action="Delete the key"
      name={name}
      consequences={["It is revoked already, so nothing breaks. It leaves this list; the trail keeps what it did."]}
      command={`npx peridio api-keys delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "api_keys", prn);
        await refresh();
      }}
      onClose={onClose}
    />
  );
}
