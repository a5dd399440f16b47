import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { quoted } from "../../api/search-text.ts";
import { bytes, counted } from "../../ui/bytes.ts";
import { storageFigures } from "./figures.ts";

/** How much is kept in a store of the organization. */
export function Kept({ prn }: { prn: string }) {
  const { data, error } = useQuery(storageFigures);
  if (error) return <span className="text-muted">unknown</span>;
  if (!data) return <span className="text-faint">…</span>;
  const figures = data.stores.find(({ content_store_prn }) => content_store_prn === prn);
  return (
    <Link
      to={`/binaries?search=${encodeURIComponent(`content_store_prn:${quoted(prn)}`)}`}
      className="nums underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {counted(figures?.binaries ?? 0, "binary", "binaries")}, {bytes(figures?.stored_bytes ?? 0)}
    </Link>
  );
}
