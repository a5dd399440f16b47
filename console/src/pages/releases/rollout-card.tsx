import { useQuery } from "@tanstack/react-query";
import { useRefetchInterval } from "../../api/live.ts";
import { count } from "../../ui/bytes.ts";
import { Card, Skeleton } from "../../ui/card.tsx";
import { classes } from "../../ui/classes.ts";
import { Problem } from "../../ui/problem.tsx";
import { rolloutOf } from "./rollout.ts";

const meterShape =
  "h-1.5 min-w-0 flex-1 appearance-none overflow-hidden rounded-full bg-hover [&::-webkit-meter-bar]:h-full " +
  "[&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-hover [&::-webkit-meter-bar]:bg-none " +
  "[&::-webkit-meter-inner-element]:block [&::-webkit-meter-inner-element]:h-full";
const meterGood =
  "[&::-moz-meter-bar]:bg-accent [&::-webkit-meter-optimum-value]:bg-accent [&::-webkit-meter-optimum-value]:bg-none";
const meterBad =
  "[&::-moz-meter-bar]:bg-bad [&::-webkit-meter-optimum-value]:bg-bad [&::-webkit-meter-optimum-value]:bg-none";

const steps = ["claimed", "downloading", "installing", "done", "failed"] as const;

/** How far a release has come, and who it is for. */
export function RolloutCard({ prn }: { prn: string }) {
  const { data, error, refetch } = useQuery({
    ...rolloutOf(prn),
    refetchInterval: useRefetchInterval(true),
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-32" />;
  return (
    <Card
      title="Rollout"
      actions={
        <span className="nums text-xs text-muted">
          for {count(data.eligible)} of {count(data.cohort_devices)} devices
        </span>
      }
    >
      {data.withheld !== null && (
        <p role="alert" className="mb-3 text-sm text-bad">
          No device gets it: {data.withheld.replaceAll("_", " ")}
        </p>
      )}
      <dl className="grid gap-2.5 text-sm">
        {steps.map((step) => (
          <div key={step} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-3">
            <dt className="text-muted">{step}</dt>
            <dd className="flex items-center gap-3">
              <meter
                aria-label={`${step}, of the devices that it is for`}
                min={0}
                max={Math.max(1, data.eligible)}
                value={data[step]}
                className={classes(meterShape, step === "failed" ? meterBad : meterGood)}
              />
              <span className="nums w-16 text-right">{count(data[step])}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
