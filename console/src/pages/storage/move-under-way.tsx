import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { Pause, Play, X } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { Button } from "../../ui/button.tsx";
import { bytes, count, counted } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { sayProblem } from "../../ui/toast.tsx";
import { useStoreNames } from "./stores.ts";

const refresh = () => queryClient.invalidateQueries({ queryKey: ["content_moves"] });

/** How far a move is that isn't over, and how to pause or end it. */
export function MoveUnderWay({ prn }: { prn: string }) {
  const params = { path: { prn } };
  const nameOf = useStoreNames();
  const [cancelling, setCancelling] = useState(false);
  const move = useQuery({
    queryKey: ["content_moves", "one", prn],
    queryFn: async () => (await bodyOf(client.api.GET("/content_moves/{prn}", { params }))).content_move,
    refetchInterval: 2_000,
  });
  const turn = async (word: "pause" | "resume"): Promise<void> => {
    try {
      await bodyOf(client.api.POST(`/content_moves/{prn}/${word}`, { params }));
      await refresh();
    } catch (error) {
      sayProblem(error, () => void turn(word));
    }
  };
  return (
    <Card title="A move is under way">
      <Loaded query={move}>
        {({ from_prn, to_prn, state, moved_binaries, moved_bytes, last_error, rest }) => {
          const all = moved_binaries + rest.binaries;
          return (
            <div className="flex flex-col gap-3">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <p className="flex flex-wrap items-center gap-2 text-sm">
                  {nameOf(from_prn)} → {nameOf(to_prn)} <StateBadge state={state} />
                </p>
                <div className="flex gap-2">
                  {state === "running" ? (
                    <Button onClick={() => void turn("pause")}>
                      <Pause />
                      Pause
                    </Button>
                  ) : (
                    <Button onClick={() => void turn("resume")}>
                      <Play />
                      Go on
                    </Button>
                  )}
                  <Button look="danger-plain" onClick={() => setCancelling(true)}>
                    <X />
                    End
                  </Button>
                </div>
              </div>
              <ProgressBar label="Moved binaries" max={Math.max(1, all)} value={all === 0 ? 1 : moved_binaries} />
              <p className="nums text-sm text-muted">
                {count(moved_binaries)} of {counted(all, "binary", "binaries")}, {bytes(moved_bytes)} moved,{" "}
                {bytes(rest.bytes)} to go
                {rest.waiting > 0 && `; ${counted(rest.waiting, "upload")} to be finished first`}
              </p>
              {last_error !== null && <p className="text-sm text-bad [overflow-wrap:anywhere]">{last_error}</p>}
            </div>
          );
        }}
      </Loaded>
      {cancelling && (
        <Confirm
          title="End the move"
          action="End the move"
          consequences={[
            "What was moved stays where it is now; what wasn't stays where it was. All of it is found.",
            "Another move can take up the rest.",
          ]}
          command={`npx peridio storage moves cancel --prn ${prn}`}
          onConfirm={async () => {
            await bodyOf(client.api.POST("/content_moves/{prn}/cancel", { params }));
            await refresh();
          }}
          onClose={() => setCancelling(false)}
        />
      )}
    </Card>
  );
}
