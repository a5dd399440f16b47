import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { client } from "../../api/client.ts";
import { bytes, counted } from "../../ui/bytes.ts";
import { Card, Skeleton } from "../../ui/card.tsx";

const Chart = lazy(() => import("../../ui/day-chart.tsx").then(({ DayChart }) => ({ default: DayChart })));

/** Who fetched it in the last 30 days. */
export function Downloads({ prn }: { prn: string }) {
  const { data } = useQuery({
    queryKey: ["statistics", prn],
    queryFn: async () =>
      (await bodyOf(client.api.GET("/binaries/{prn}/statistics", { params: { path: { prn } } }))).statistics,
    refetchInterval: 30_000,
  });
  if (!data) return null;
  const { totals, series, from, to } = data;
  return (
    <Card
      title="Downloads, the last 30 days"
      actions={
        <span className="nums text-xs text-muted">
          {counted(totals.completed, "download")}, {bytes(totals.bytes)}
        </span>
      }
    >
      {series.length === 0 ? (
        <p className="text-sm text-muted">Nobody has fetched it yet.</p>
      ) : (
        <Suspense fallback={<Skeleton className="h-40 w-full" />}>
          <Chart
            from={from}
            to={to}
            points={series.map(({ start, completed }) => ({ start, value: completed }))}
            label="Downloads a day"
          />
        </Suspense>
      )}
    </Card>
  );
}
