import type { UploadProgress } from "@open-peridio/sdk/node";
import cliProgress from "cli-progress";

export interface ProgressBar {
  upload(progress: UploadProgress): void;
  bytes(done: number, total: number): void;
  stop(): void;
}

const mebibyte = 1_048_576;

/** A bar on a terminal; silence elsewhere. */
export function progressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { upload: () => {}, bytes: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    {
      format: "{phase} {bar} {percentage}% | {mib} of {totalMib} MiB | {eta_formatted} left",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
    },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  const show = (phase: string, done: number, total: number) => {
    const payload = { phase, mib: (done / mebibyte).toFixed(1), totalMib: (total / mebibyte).toFixed(1) };
    if (!started) bar.start(Math.max(total, 1), done, payload);
    else bar.update(done, payload);
    started = true;
  };
  return {
    upload: ({ phase, acknowledged, total }) =>
      show(phase === "uploading" ? "Uploading" : "Verifying", acknowledged, total),
    bytes: (done, total) => show("Downloading", done, total),
    stop: () => bar.stop(),
  };
}
