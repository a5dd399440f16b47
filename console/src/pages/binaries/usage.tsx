import { bodyOf } from "@open-peridio/sdk";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client } from "../../api/client.ts";
import { paths } from "../../paths.ts";
import { counted } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";

export function usageOf(prn: string) {
  return queryOptions({
    queryKey: ["bundles", "usage", prn],
    queryFn: async () => (await bodyOf(client.api.GET("/binaries/{prn}/usage", { params: { path: { prn } } }))).usage,
  });
}

/** Where the binary is used: what would stop working without it. */
export function Usage({ prn }: { prn: string }) {
  const { data: usage } = useQuery(usageOf(prn));
  if (!usage) return null;
  const shown = [
    ...usage.bundles.map(({ prn: bundle, name }) => ({ to: paths.bundle(bundle), name, kind: "bundle" })),
    ...usage.releases.map(({ prn: release, name }) => ({ to: paths.release(release), name, kind: "release" })),
  ].slice(0, 8);
  return (
    <Card title="Where it is used">
      {shown.length === 0 ? (
        <p className="text-sm text-muted">Nowhere yet. A bundle brings binaries to devices.</p>
      ) : (
        <>
          <p className="mb-2 text-sm text-muted">It reaches {counted(usage.device_count, "device")}.</p>
          <ul className="flex flex-col gap-1 text-sm">
            {shown.map(({ to, name, kind }) => (
              <li key={to} className="flex justify-between gap-3">
                <Link to={to} className="min-w-0 truncate hover:underline">
                  {name ?? "unnamed"}
                </Link>
                <span className="text-faint">{kind}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
