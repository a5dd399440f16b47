import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Download, Ellipsis, Flame, PenLine, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { useMay } from "../../session/session.ts";
import { ArchiveButton } from "../../ui/archived.tsx";
import { Button } from "../../ui/button.tsx";
import { counted } from "../../ui/bytes.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { moreButton } from "../../ui/more-button.ts";
import { sayProblem } from "../../ui/toast.tsx";
import { forgetUpload } from "../../uploads/uploads.ts";
import { SignDialog } from "./sign-dialog.tsx";
import { usageOf } from "./usage.tsx";

const resettable = ["uploadable", "hashable", "hashing", "signable"];

/** What can be done with a binary in its present state, by who is signed in. */
export function Actions({ binary }: { binary: Resources["binaries"] }) {
  const { prn, state } = binary;
  const may = { write: useMay("binaries:write"), sign: useMay("binaries:sign"), destroy: useMay("binaries:destroy") };
  const [opened, setOpened] = useState<"sign" | "reset" | "destroy" | "delete" | null>(null);
  const close = () => setOpened(null);
  const isVerified = state === "signable" || state === "signed";
  const download = () =>
    bodyOf(client.api.GET("/binaries/{prn}/download_url", { params: { path: { prn } } }))
      .then(({ download_url }) => location.assign(download_url))
      .catch((error: unknown) => sayProblem(error, download));
  const canReset = may.write && resettable.includes(state);
  const canDelete = may.write && state !== "signed" && state !== "destroyed";
  const canDestroy = may.destroy && isVerified;
  return (
    <>
      {isVerified && (
        <Button onClick={() => void download()}>
          <Download />
          Download
        </Button>
      )}
      {isVerified && may.sign && (
        <Button look={state === "signable" ? "primary" : "plain"} onClick={() => setOpened("sign")}>
          <PenLine />
          Sign
        </Button>
      )}
      <ArchiveButton resource="binaries" thing={binary} />
      {(canReset || canDelete || canDestroy) && (
        <Menu label="More" button={<Ellipsis className="size-4" />} buttonClass={moreButton}>
          {canReset && (
            <MenuItem onSelect={() => setOpened("reset")}>
              <RotateCcw />
              Reset…
            </MenuItem>
          )}
          {canDelete && (
            <MenuItem onSelect={() => setOpened("delete")} danger>
              <Trash2 />
              Delete…
            </MenuItem>
          )}
          {canDestroy && (
            <MenuItem onSelect={() => setOpened("destroy")} danger>
              <Flame />
              Destroy…
            </MenuItem>
          )}
        </Menu>
      )}
      {opened === "sign" && <SignDialog binary={binary} onClose={close} />}
      {opened === "reset" && <Reset binary={binary} onClose={close} />}
      {opened === "delete" && <Delete binary={binary} onClose={close} />}
      {opened === "destroy" && <Destroy binary={binary} onClose={close} />}
    </>
  );
}

interface AskProps {
  binary: Resources["binaries"];
  onClose: () => void;
}

const refresh = () => queryClient.invalidateQueries({ queryKey: ["binaries"] });

function Reset({ binary: { prn, target }, onClose }: AskProps) {
  return (
    <Confirm
      title="Reset the binary"
      action="Reset the binary"
      name={target}
      consequences={[
        "All that was uploaded is deleted, and the upload starts over.",
        "Links to it stop working. Hash, size and description stay.",
      ]}
      command={`npx peridio binaries update --binary-prn ${prn} --state uploadable`}
      onConfirm={async () => {
        forgetUpload(prn);
        await change("PATCH", "binaries", prn, { state: "uploadable" });
        await refresh();
      }}
      onClose={onClose}
    />
  );
}

function Delete({ binary: { prn, target, artifact_version_prn }, onClose }: AskProps) {
  const navigate = useNavigate();
  return (
    <Confirm
      title="Delete the binary"
      action="Delete the binary"
      name={target}
      consequences={["The record goes, and with it what was uploaded. It was never signed, so no device has it."]}
      command={`npx peridio binaries delete --prn ${prn}`}
      onConfirm={async () => {
        forgetUpload(prn);
        await change("DELETE", "binaries", prn);
        await navigate({ to: paths.version(artifact_version_prn) });
        await refresh();
      }}
      onClose={onClose}
    />
  );
}

function Destroy({ binary: { prn, target }, onClose }: AskProps) {
  const { data: usage } = useQuery(usageOf(prn));
  const holders = usage && [
    `It is in ${counted(usage.bundle_count, "bundle")}, used by ${counted(usage.release_count, "release")} and ` +
      `${counted(usage.bundle_override_count, "override")}.`,
    ...(usage.device_count > 0
      ? [
          `${counted(usage.device_count, "device")} reached by them get no update any more until they have another bundle.`,
        ]
      : []),
  ];
  return (
    <Confirm
      title="Destroy the binary"
      action="Destroy the binary"
      name={target}
      consequences={[
        "Its content is deleted for good: nobody can bring it back, and nobody can download it.",
        ...(holders ?? ["What uses it is being looked up…"]),
        "The record stays as the proof of what it was.",
      ]}
      command={`npx peridio binaries destroy --prn ${prn}`}
      onConfirm={async () => {
        await client.api.POST("/binaries/{prn}/destroy", { params: { path: { prn } } });
        await refresh();
      }}
      onClose={onClose}
    />
  );
}
