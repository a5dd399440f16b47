import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryClient } from "../../api/query-client.ts";
import { bytes, counted } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/copy.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { useUpload } from "../../uploads/uploads.ts";
import { partsOf } from "./parts-query.ts";

/** Parts that a table shows before it is unfolded. */
const few = 8;

export function Parts({ prn, state }: { prn: string; state: string }) {
  const upload = useUpload(prn);
  const { data: parts = [] } = useQuery({
    ...partsOf(prn),
    refetchInterval: upload?.state === "uploading" ? 1_000 : false,
  });
  // What became of the binary became of its parts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is what it is about.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: ["parts", prn] }), [prn, state]);
  if (parts.length === 0) return null;
  const valid = parts.filter((part) => part.state === "valid").length;
  return (
    <Card
      title="Parts"
      flush
      actions={
        <span className="nums text-xs text-muted">
          {counted(parts.length, "part")}, {valid} valid
        </span>
      }
    >
      <details open={parts.length <= few}>
        <summary className="px-4 py-2.5 text-sm text-muted hover:text-ink">Each with its hash</summary>
        <div className="max-h-96 overflow-auto border-t border-line">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b border-line text-left text-xs text-muted">
                <th scope="col" className="h-8 px-4 font-medium">
                  Part
                </th>
                <th scope="col" className="h-8 px-4 font-medium">
                  State
                </th>
                <th scope="col" className="h-8 px-4 text-right font-medium">
                  Size
                </th>
                <th scope="col" className="h-8 px-4 font-medium">
                  Hash
                </th>
              </tr>
            </thead>
            <tbody className="nums">
              {parts.map((part) => (
                <tr key={part.prn} className="border-b border-line last:border-0">
                  <td className="h-9 px-4">{part.index}</td>
                  <td className="h-9 px-4">
                    <StateBadge state={part.state} />
                  </td>
                  <td className="h-9 px-4 text-right">{bytes(part.size)}</td>
                  <td className="h-9 px-4">
                    <Hash hash={part.hash} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Card>
  );
}
