import { Pause, Play, RotateCw } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { bytes, duration } from "../ui/bytes.ts";
import { classes } from "../ui/classes.ts";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { forgetUpload, pauseUpload, resumeUpload, type Upload } from "./uploads.ts";

/** An upload on its way: how far, how fast, how long still; to pause, to go on, to try again. */
export function UploadPanel({ upload }: { upload: Upload }) {
  const { binaryPrn, file, state, acknowledged, total, speed, problem } = upload;
  const percent = total === 0 ? 100 : Math.floor((acknowledged / total) * 100);
  const left = speed !== null && speed > 0 ? duration((total - acknowledged) / speed) : null;
  const facts =
    state === "uploading" && speed !== null
      ? [`${bytes(speed)}/s`, ...(left ? [`${left} left`] : [])]
      : [{ uploading: "starting…", verifying: "verifying…", paused: "paused", failed: "stopped", done: "done" }[state]];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="min-w-0 text-sm">
          <span className="font-medium break-all">{file.name}</span>
          <span className="ml-2 text-muted">{bytes(total)}</span>
        </div>
        <div className="flex gap-2">
          {state === "uploading" && (
            <Button onClick={() => pauseUpload(binaryPrn)}>
              <Pause />
              Pause
            </Button>
          )}
          {state === "paused" && (
            <Button look="primary" onClick={() => resumeUpload(binaryPrn)}>
              <Play />
              Go on
            </Button>
          )}
          {state === "failed" && (
            <Button look="primary" onClick={() => resumeUpload(binaryPrn)}>
              <RotateCw />
              Try again
            </Button>
          )}
          {(state === "paused" || state === "failed") && (
            <Button onClick={() => forgetUpload(binaryPrn)}>Another file</Button>
          )}
        </div>
      </div>
      <ProgressBar value={acknowledged} max={total || 1} label={`Upload of ${file.name}`} failed={state === "failed"} />
      <div className="nums flex flex-wrap justify-between gap-x-4 text-xs text-muted" role="status">
        <span>
          {percent} % · {bytes(acknowledged)} of {bytes(total)} are on the server's disk
        </span>
        <span>{facts.join(" · ")}</span>
      </div>
      {problem !== null && (
        <p role="alert" className={classes("text-sm", state === "failed" ? "text-bad" : "text-warn")}>
          {problem}
        </p>
      )}
    </div>
  );
}
