import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../api/client.ts";
import { useSession } from "../../session/session.ts";
import { bytes, count } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Problem } from "../../ui/problem.tsx";

export function Overview() {
  const session = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["usage"],
    queryFn: () => bodyOf(client.api.GET("/usage")),
  });
  const usage = data?.usage;
  return (
    <>
      <PageHeader title={session.organizationName} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      <div className="grid gap-4 sm:grid-cols-3">
        <Figure name="Binaries" value={usage && count(usage.binaries.used)} />
        <Figure name="Stored" value={usage && bytes(usage.stored_bytes.used)} />
        <Figure name="Sent this month" value={usage && bytes(usage.download_bytes.used)} />
      </div>
    </>
  );
}

function Figure({ name, value = "–" }: { name: string; value: string | undefined }) {
  return (
    <Card>
      <div className="text-sm text-muted">{name}</div>
      <div className="nums mt-1 text-xl font-semibold">{value}</div>
    </Card>
  );
}
