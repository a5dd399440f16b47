import { Link } from "@tanstack/react-router";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { Card } from "../../ui/card.tsx";
import { When } from "../../ui/when.tsx";

/** Verified binaries that no device gets yet. */
export function Waiting({ binaries }: { binaries: Resources["binaries"][] }) {
  return (
    <Card title="Waiting for a signature" flush>
      {binaries.length === 0 ? (
        <p className="p-4 text-sm text-muted">Nothing: all that was verified is signed.</p>
      ) : (
        <ul>
          {binaries.map((binary) => (
            <li key={binary.prn} className="border-b border-line last:border-0">
              <Link
                to={paths.binary(binary.prn)}
                className="flex items-baseline gap-3 px-4 py-2.5 text-sm hover:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate font-medium">{binary.target}</span>
                <span className="text-muted">
                  <When time={binary.updated_at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
