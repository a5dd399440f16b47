import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { Confirm } from "../../ui/confirm.tsx";

export function RevokeKey({ apiKey: { prn, name }, onClose }: { apiKey: Resources["api_keys"]; onClose: () => void }) {
  return (
    <Confirm
      title="Revoke the key"
      action="Revoke the key"
      name={name}
      consequences={[
        "Whatever uses it is refused from this moment on. It can't be taken back: make a new key instead.",
      ]}
      command={`npx peridio api-keys update --prn ${prn} --revoke`}
      onConfirm={async () => {
        await change("PATCH", "api_keys", prn, { revoked: true });
        await queryClient.invalidateQueries({ queryKey: ["api_keys"] });
      }}
      onClose={onClose}
    />
  );
}
