import { bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client } from "../../api/client.ts";
import { counted } from "../../ui/bytes.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { When } from "../../ui/when.tsx";

const names = { scrub: "In the background", fsck: "Sizes, on command", fsck_deep: "Bytes, on command" };

/** When all content was last compared with its records, and what of one's own didn't fit. */
export function Checks() {
  const checks = useQuery({
    queryKey: ["content_checks"],
    queryFn: () => bodyOf(client.api.GET("/content_checks")),
  });
  return (
    <Card title="Content compared with its records">
      <Loaded query={checks}>
        {({ content_checks, quarantined_binaries }) => (
          <Facts>
            {content_checks.map(({ name, last_completed_at, completed_at }) => (
              <Fact key={name} name={names[name]}>
                <When time={last_completed_at} />
                {completed_at === null && <span className="text-muted">, and under way now</span>}
              </Fact>
            ))}
            {content_checks.length === 0 && <Fact name="Last">never</Fact>}
            <Fact name="In quarantine">
              {quarantined_binaries === 0 ? (
                "nothing: all of it is what it should be"
              ) : (
                <Link
                  to={`/binaries?search=${encodeURIComponent("quarantined:true")}`}
                  className="text-bad underline underline-offset-2"
                >
                  {counted(quarantined_binaries, "binary", "binaries")}, served to nobody
                </Link>
              )}
            </Fact>
          </Facts>
        )}
      </Loaded>
    </Card>
  );
}
