import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { change, listOf } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { counted } from "../../ui/bytes.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { rolloutOf } from "./rollout.ts";

/** Asks before a release is deleted, with how many devices and which releases that touches. */
export function DeleteRelease({ release, onClose }: { release: Resources["releases"]; onClose: () => void }) {
  const { prn, name, next_release_prn: next } = release;
  const navigate = useNavigate();
  const { data: rollout } = useQuery(rolloutOf(prn));
  const { data: before } = useQuery(listOf("releases", { search: `next_release_prn:${quoted(prn)}`, limit: 20 }));
  const underWay = rollout && rollout.claimed + rollout.downloading + rollout.installing;
  const left = rollout && Math.max(0, rollout.eligible - rollout.done - rollout.failed);
  const leading = before?.items.map((one) => one.name).join(", ");
  return (
    <Confirm
      title="Delete the release"
      action="Delete the release"
      name={name}
      consequences={[
        rollout
          ? `${counted(left!, "device")} that it is for and that ${left === 1 ? "hasn't" : "haven't"} got it yet get it no more, ${underWay} under way among them.`
          : "Devices that have not got it yet get it no more.",
        `${rollout ? counted(rollout.done, "device") : "Those"} that have it keep what they run.`,
        leading
          ? `What leads to it (${leading}) ${next === null ? "becomes the end of the channel" : "leads to the release after it"}.`
          : "No other release leads to it.",
      ]}
      command={`npx peridio releases delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "releases", prn);
        await navigate({ to: "/releases" });
        await queryClient.invalidateQueries({ queryKey: ["releases"] });
      }}
      onClose={onClose}
    />
  );
}
