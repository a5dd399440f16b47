import { useQuery } from "@tanstack/react-query";
import { Truck } from "lucide-react";
import { useState } from "react";
import { listOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { Button } from "../../ui/button.tsx";
import { bytes, counted } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { MoveUnderWay } from "./move-under-way.tsx";
import { StartMove } from "./start-move.tsx";
import { useStoreNames } from "./stores.ts";

/** Content on its way from one store to another: now, and earlier. An organization has one move at a time. */
export function Moves({ canMove }: { canMove: boolean }) {
  const [starting, setStarting] = useState(false);
  const nameOf = useStoreNames();
  const { data } = useQuery({ ...listOf("content_moves", { limit: 1 }), refetchInterval: 5_000 });
  const newest = data?.items[0];
  const underWay = newest && (newest.state === "running" || newest.state === "paused") ? newest : null;
  const columns: Column<Resources["content_moves"]>[] = [
    { header: "From, to", cell: ({ from_prn, to_prn }) => `${nameOf(from_prn)} → ${nameOf(to_prn)}` },
    { header: "State", cell: ({ state }) => <StateBadge state={state} /> },
    {
      header: "Moved",
      cell: ({ moved_binaries, moved_bytes }) =>
        `${counted(moved_binaries, "binary", "binaries")}, ${bytes(moved_bytes)}`,
      from: "md",
    },
    { header: "Trouble", cell: ({ last_error }) => last_error ?? "–", from: "lg" },
    { header: "Started", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
  ];
  return (
    <>
      {underWay && <MoveUnderWay prn={underWay.prn} />}
      <Card
        title="Moves"
        flush
        actions={
          canMove &&
          !underWay && (
            <Button onClick={() => setStarting(true)}>
              <Truck />
              Move content
            </Button>
          )
        }
      >
        <Table
          resource="content_moves"
          columns={columns}
          aside
          size={10}
          empty={
            <p className="p-4 text-sm text-muted">
              Nothing was moved yet. What is in one store can be brought to another while devices go on downloading.
            </p>
          }
        />
      </Card>
      {starting && <StartMove onClose={() => setStarting(false)} />}
    </>
  );
}
