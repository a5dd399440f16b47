import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { allOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { bytes, counted } from "../../ui/bytes.ts";

/** Beyond that it is only said that there are more: the server doesn't count them. */
const most = 500;

/** How much is kept in a store of the organization. */
export function Kept({ prn }: { prn: string }) {
  const search = `content_store_prn:${quoted(prn)}`;
  const { data, error } = useQuery({ ...allOf("binaries", { search }, most), staleTime: 0 });
  if (error) return <span className="text-muted">unknown</span>;
  if (!data) return <span className="text-faint">…</span>;
  const kept = data.items.filter(({ state }) => state !== "destroyed");
  const size = kept.reduce((sum, binary) => sum + (binary.size ?? 0), 0);
  const shown = data.more
    ? `more than ${most} binaries`
    : `${counted(kept.length, "binary", "binaries")}, ${bytes(size)}`;
  return (
    <Link
      to={`/binaries?search=${encodeURIComponent(search)}`}
      className="nums underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {shown}
    </Link>
  );
}
