import { lazy, Suspense } from "react";
import { bytes, counted } from "../../ui/bytes.ts";
import { Card, Skeleton } from "../../ui/card.tsx";

const Chart = lazy(() => import("../../ui/day-chart.tsx").then(({ DayChart }) => ({ default: DayChart })));
const day = 86_400_000;

interface SentProps {
  downloads: { day: string; completed: number; bytes: number }[];
}

/** Downloads of the last 30 days. */
export function Sent({ downloads }: SentProps) {
  const sum = (what: "completed" | "bytes") => downloads.reduce((total, each) => total + each[what], 0);
  const today = Math.floor(Date.now() / day) * day;
  return (
    <Card
      title="Downloads, the last 30 days"
      className="lg:col-span-2"
      actions={
        <span className="nums text-xs text-muted">
          {counted(sum("completed"), "download")}, {bytes(sum("bytes"))}
        </span>
      }
    >
      {downloads.length === 0 ? (
        <p className="text-sm text-muted">Nothing has been fetched yet.</p>
      ) : (
        <Suspense fallback={<Skeleton className="h-40 w-full" />}>
          <Chart
            from={new Date(today - 29 * day).toISOString()}
            to={new Date(today + day).toISOString()}
            points={downloads.map((each) => ({ start: `${each.day}T00:00:00Z`, value: each.completed }))}
            label="Downloads a day"
          />
        </Suspense>
      )}
    </Card>
  );
}
