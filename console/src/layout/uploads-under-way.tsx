import { Link } from "@tanstack/react-router";
import { paths } from "../paths.ts";
import { useUploads } from "../uploads/uploads.ts";

/** What is being uploaded, wherever in the console one is. */
export function UploadsUnderWay({ onNavigate }: { onNavigate: () => void }) {
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  return (
    <ul aria-label="Uploads" className="border-t border-line px-3 py-2">
      {uploads.map(({ binaryPrn, file, acknowledged, total, state }) => (
        <li key={binaryPrn}>
          <Link
            to={paths.binary(binaryPrn)}
            onClick={onNavigate}
            className="flex h-7 items-center justify-between gap-3 rounded-md px-2 text-xs text-muted hover:bg-hover hover:text-ink"
          >
            <span className="truncate">{file.name}</span>
            <span className="nums">
              {state === "uploading" ? `${Math.floor((acknowledged / (total || 1)) * 100)} %` : state}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
