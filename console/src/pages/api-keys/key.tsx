import { Ban, Pencil, RotateCw, Trash2 } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { Button } from "../../ui/button.tsx";
import { Fact, Facts } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Prn } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";
import { keyState } from "./key-state.ts";
import { Scopes } from "./scopes.tsx";

export type KeyAction = "rotate" | "rename" | "revoke" | "delete";

interface KeyProps {
  apiKey: Resources["api_keys"];
  onAction: (action: KeyAction) => void;
  onClose: () => void;
}

/** All about one key but its value, which nobody knows any more. */
export function Key({ apiKey, onAction, onClose }: KeyProps) {
  const { prn, name, prefix, scopes, expires_at, last_used_at, previous_expires_at, inserted_at } = apiKey;
  const state = keyState(apiKey);
  return (
    <Dialog title={name} onClose={onClose} side>
      <div className="flex flex-col gap-6">
        <Facts>
          <Fact name="State">
            <StateBadge state={state} />
          </Fact>
          <Fact name="Begins with">
            <code className="font-mono text-xs">{prefix}…</code>
          </Fact>
          <Fact name="May">
            <Scopes scopes={scopes} />
          </Fact>
          <Fact name="Last used">
            <When time={last_used_at} />
          </Fact>
          <Fact name="Expires">
            <When time={expires_at} />
          </Fact>
          {previous_expires_at !== null && (
            <Fact name="Old value ends">
              <When time={previous_expires_at} />
            </Fact>
          )}
          <Fact name="Created">
            <When time={inserted_at} />
          </Fact>
          <Fact name="PRN">
            <Prn prn={prn} />
          </Fact>
        </Facts>
        <div className="flex flex-wrap gap-2">
          {state === "active" && (
            <Button onClick={() => onAction("rotate")}>
              <RotateCw />
              Rotate
            </Button>
          )}
          <Button onClick={() => onAction("rename")}>
            <Pencil />
            Rename
          </Button>
          {state === "revoked" ? (
            <Button look="danger-plain" onClick={() => onAction("delete")}>
              <Trash2 />
              Delete
            </Button>
          ) : (
            <Button look="danger-plain" onClick={() => onAction("revoke")}>
              <Ban />
              Revoke
            </Button>
          )}
        </div>
        <CliHint command={`npx peridio api-keys get --prn ${prn}`} />
      </div>
    </Dialog>
  );
}
