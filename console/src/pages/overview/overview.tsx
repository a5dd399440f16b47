import { binaryStates } from "@open-peridio/contract/lifecycle";
import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client } from "../../api/client.ts";
import { useRefetchInterval } from "../../api/live.ts";
import { useMay, useSession } from "../../session/session.ts";
import { bytes, count } from "../../ui/bytes.ts";
import { Card, Skeleton } from "../../ui/card.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Happened } from "./happened.tsx";
import { Sent } from "./sent.tsx";
import { Waiting } from "./waiting.tsx";

const counted = ({ count: number, more }: { count: number; more: boolean }) => count(number) + (more ? "+" : "");

/** What there is, what waits for somebody, and what happened. */
export function Overview() {
  const session = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["overview"],
    queryFn: async () => (await bodyOf(client.api.GET("/overview"))).overview,
    refetchInterval: useRefetchInterval(true),
  });
  const maySeeStorage = useMay("admin");
  const stored = data?.stored_bytes;
  return (
    <>
      <PageHeader title={session.organizationName} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure name="Artifacts" to="/artifacts" value={data && counted(data.artifacts)} />
        {data?.devices && <Figure name="Devices" to="/devices" value={counted(data.devices)} />}
        {data?.releases && <Figure name="Releases" to="/releases" value={counted(data.releases)} />}
        <Figure
          name="Stored"
          to={maySeeStorage ? "/storage" : null}
          value={stored && bytes(stored.used)}
          note={stored && (stored.allowed === null ? undefined : `of ${bytes(stored.allowed)}`)}
        />
      </div>
      <Card title="Binaries" className="mt-4">
        <ul className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
          {binaryStates.map((state) => (
            <li key={state}>
              <Link to={`/binaries?search=${encodeURIComponent(`state:'${state}'`)}`} className="group block">
                <span className="block text-xs text-muted group-hover:text-ink">{state}</span>
                <span className="nums text-lg font-semibold">{data ? counted(data.binaries[state]) : "–"}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
        {data ? <Waiting binaries={data.waiting_for_signature} /> : <Skeleton className="h-48" />}
        {data?.events && <Happened events={data.events} />}
        {data && <Sent downloads={data.downloads} />}
      </div>
    </>
  );
}

interface FigureProps {
  name: string;
  /** The page about it; null for whose role has none. */
  to: string | null;
  value: string | undefined;
  note?: string | undefined;
}

function Figure({ name, to, value = "–", note }: FigureProps) {
  const shape = "rounded-lg border border-line bg-surface p-4";
  const figure = (
    <>
      <span className="block text-sm text-muted">{name}</span>
      <span className="nums mt-1 block text-xl font-semibold">{value}</span>
      {note && <span className="block text-xs text-muted">{note}</span>}
    </>
  );
  if (to === null) return <div className={shape}>{figure}</div>;
  return (
    <Link to={to} className={`${shape} hover:bg-hover`}>
      {figure}
    </Link>
  );
}
