import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../api/client.ts";
import { bytes, count } from "../../ui/bytes.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { When } from "../../ui/when.tsx";

const of = (allowed: number | null, shown: (value: number) => string) =>
  allowed === null ? ", without a limit" : ` of ${shown(allowed)}`;

/** What the organization uses in all stores together, and what it may. */
export function Usage() {
  const usage = useQuery({
    queryKey: ["usage"],
    queryFn: async () => (await bodyOf(client.api.GET("/usage"))).usage,
  });
  return (
    <Card title="All stores together">
      <Loaded query={usage}>
        {({ stored_bytes, binaries, download_bytes }) => (
          <Facts>
            <Fact name="Stored">
              <span className="nums">
                {bytes(stored_bytes.used)}
                {of(stored_bytes.allowed, bytes)}
              </span>
            </Fact>
            <Fact name="Binaries">
              <span className="nums">
                {count(binaries.used)}
                {of(binaries.allowed, count)}
              </span>
            </Fact>
            <Fact name="Sent this month">
              <span className="nums">
                {bytes(download_bytes.used)}
                {of(download_bytes.allowed, bytes)}
              </span>
              {download_bytes.allowed !== null && (
                <span className="text-muted">
                  , counted anew <When time={download_bytes.resets_at} />
                </span>
              )}
            </Fact>
          </Facts>
        )}
      </Loaded>
    </Card>
  );
}
