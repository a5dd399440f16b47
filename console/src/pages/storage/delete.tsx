import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { Confirm } from "../../ui/confirm.tsx";

export function DeleteStore({
  store: { prn, name },
  onClose,
}: {
  store: Resources["content_stores"];
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const [abandon, setAbandon] = useState(false);
  return (
    <Confirm
      title="Delete the store"
      action="Delete the store"
      name={name}
      consequences={[
        "It only works while no binary is kept there: move them to another store first.",
        "Its credentials are forgotten. What else is in the bucket stays as it is.",
      ]}
      command={`npx peridio storage delete --prn ${prn}${abandon ? " --abandon" : ""}`}
      onConfirm={async () => {
        const params = { path: { prn }, query: { abandon } };
        await client.api.DELETE("/content_stores/{prn}", { params });
        await navigate({ to: "/storage" });
        await queryClient.invalidateQueries({ queryKey: ["content_stores"] });
      }}
      onClose={onClose}
    >
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={abandon}
          onChange={(event) => setAbandon(event.target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        Leave there what no binary needs any more but could not be removed yet
      </label>
    </Confirm>
  );
}
