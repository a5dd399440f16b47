import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { bytes, count } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/copy.tsx";
import { When } from "../../ui/when.tsx";
import { DropZone } from "../../uploads/drop-zone.tsx";
import { UploadPanel } from "../../uploads/upload-panel.tsx";
import { startUpload, useUpload } from "../../uploads/uploads.ts";
import { partsOf } from "./parts-query.ts";

/** Takes the file, or shows it on its way; after an interruption it says what the server has already. */
export function UploadSection({ binary }: { binary: Resources["binaries"] }) {
  const upload = useUpload(binary.prn);
  const { data: parts = [] } = useQuery(partsOf(binary.prn));
  const [problem, setProblem] = useState<string | null>(null);
  const kept = parts.filter(({ state }) => state === "valid").reduce((sum, { size }) => sum + size, 0);
  const take = (file: File) => {
    if (binary.size !== null && file.size !== binary.size) {
      const declared = `${count(binary.size)} bytes were declared, “${file.name}” has ${count(file.size)}`;
      return setProblem(`${declared}. Choose the file that was meant, or reset and declare the new one.`);
    }
    setProblem(null);
    startUpload(binary.prn, file);
  };
  return (
    <Card title="Upload">
      {binary.verification_failure && !upload && <Failure failure={binary.verification_failure} />}
      {upload ? (
        <UploadPanel upload={upload} />
      ) : (
        <DropZone
          label={kept > 0 ? "Drop the same file to go on" : "Drop the file here, or choose it"}
          hint={
            kept > 0 && binary.size !== null
              ? `A browser lets go of a file when the page is loaded anew: choose the same one again. ${bytes(kept)} of ${bytes(binary.size)} are on the server already and aren't sent twice.`
              : binary.size === null
                ? "Of any size. It is hashed here, and once more by the server."
                : `${count(binary.size)} bytes are expected.`
          }
          onFile={take}
        />
      )}
      {problem && (
        <p role="alert" className="mt-3 text-sm text-bad">
          {problem}
        </p>
      )}
    </Card>
  );
}

function Failure({ failure }: { failure: NonNullable<Resources["binaries"]["verification_failure"]> }) {
  return (
    <div role="alert" className="mb-4 flex items-start gap-2.5 rounded-md bg-bad-soft p-3 text-sm">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-bad" />
      <div>
        <p className="font-medium">
          What was uploaded <When time={failure.at} /> isn't what was declared. It was dropped.
        </p>
        <p className="mt-1">
          Expected {count(failure.expected_size)} bytes with <Hash hash={failure.expected_hash} />, got{" "}
          {count(failure.actual_size)} bytes{failure.actual_hash && " with "}
          {failure.actual_hash && <Hash hash={failure.actual_hash} />}.
        </p>
      </div>
    </div>
  );
}
