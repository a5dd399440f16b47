import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { change, listOf } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { useMay } from "../../session/session.ts";
import { IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Hash } from "../../ui/copy.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { signingKeys } from "./signing-keys-query.ts";

const most = 100;

/** Who signed the binary, with which key, over what. */
export function Signatures({ binary }: { binary: Resources["binaries"] }) {
  const query = { search: `binary_prn:${quoted(binary.prn)}`, limit: most };
  const { data } = useQuery(listOf("binary_signatures", query));
  const { data: keys } = useQuery(signingKeys);
  const maySign = useMay("binaries:sign");
  const [removing, setRemoving] = useState<Resources["binary_signatures"] | null>(null);
  const nameOf = (prn: string) => keys?.items.find((key) => key.prn === prn)?.name ?? "a key";
  const items = data?.items ?? [];
  return (
    <Card title="Signatures" flush>
      {items.length === 0 ? (
        <p className="p-4 text-sm text-muted">
          Verified, but not signed: no device gets it yet. Sign it, or hand its hash to whoever holds the key.
        </p>
      ) : (
        <ul>
          {items.map((signature) => (
            <li
              key={signature.prn}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-0"
            >
              <span className="font-medium">{nameOf(signature.signing_key_prn)}</span>
              <span className="text-muted">{signature.algorithm}</span>
              <Hash hash={signature.keyid} label="Copy the key identifier" />
              <StateBadge
                state={signature.device_agent_accepts ? "devices accept it" : "not for the device agent"}
                tone={signature.device_agent_accepts ? "good" : "warn"}
                title="Peridio's device agent takes Ed25519 signatures over the hash."
              />
              <span className="ml-auto text-muted">
                <When time={signature.inserted_at} />
              </span>
              {maySign && (
                <IconButton
                  label={`Delete the signature of ${nameOf(signature.signing_key_prn)}`}
                  onClick={() => setRemoving(signature)}
                >
                  <Trash2 />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {removing && (
        <Confirm
          title="Delete the signature"
          action="Delete the signature"
          name={nameOf(removing.signing_key_prn)}
          consequences={[
            "Without enough signatures the binary is signable again: bundles that hold it reach no device.",
          ]}
          command={`npx peridio binary-signatures delete --prn ${removing.prn}`}
          onConfirm={async () => {
            await change("DELETE", "binary_signatures", removing.prn);
            await queryClient.invalidateQueries({ queryKey: ["binary_signatures"] });
            await queryClient.invalidateQueries({ queryKey: ["binaries"] });
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </Card>
  );
}
