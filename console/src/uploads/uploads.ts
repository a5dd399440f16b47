import { blobSource, createClient, type UploadProgress, uploadBinary, webTransport } from "@open-peridio/sdk";
import { useSyncExternalStore } from "react";
import { queryClient } from "../api/query-client.ts";
import { inWords } from "../ui/problem.tsx";
import { speedometer } from "./speed.ts";
import { workerHash } from "./worker-hash.ts";

export interface Upload {
  binaryPrn: string;
  file: File;
  state: "uploading" | "verifying" | "paused" | "failed" | "done";
  acknowledged: number;
  total: number;
  /** Bytes a second, lately; null while that isn't known. */
  speed: number | null;
  /** Why it failed, or why a part is being sent again. */
  problem: string | null;
}

/** Smaller files go in one request: that is one round trip. */
const partsFrom = 5_242_880;
/** Milliseconds for which a part is tried again before the upload is given up: the router may be starting anew. */
const patience = 300_000;

const uploads = new Map<string, Upload>();
const controllers = new Map<string, AbortController>();
const listeners = new Set<() => void>();
let snapshot: readonly Upload[] = [];

function put(upload: Upload): void {
  uploads.set(upload.binaryPrn, upload);
  tell();
}

function tell(): void {
  snapshot = [...uploads.values()];
  for (const listener of listeners) listener();
}

function patch(binaryPrn: string, change: Partial<Upload>): void {
  const upload = uploads.get(binaryPrn);
  if (upload) put({ ...upload, ...change });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** All uploads of this page, also those of other pages of the console: they go on while one looks elsewhere. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => snapshot);
}

export function useUpload(binaryPrn: string): Upload | undefined {
  return useUploads().find((upload) => upload.binaryPrn === binaryPrn);
}

/** Sends a file, or goes on with it: what the server has is not sent again. */
export function startUpload(binaryPrn: string, file: File): void {
  controllers.get(binaryPrn)?.abort();
  const controller = new AbortController();
  controllers.set(binaryPrn, controller);
  put({ binaryPrn, file, state: "uploading", acknowledged: 0, total: file.size, speed: null, problem: null });
  void send(binaryPrn, file, controller.signal);
}

async function send(binaryPrn: string, file: File, signal: AbortSignal): Promise<void> {
  const measure = speedometer();
  const onRetry = (reason: unknown) => patch(binaryPrn, { problem: `${inWords(reason)} A part is sent again.` });
  const onProgress = ({ acknowledged, phase }: UploadProgress) => {
    if (signal.aborted) return;
    patch(binaryPrn, { acknowledged, state: phase, speed: measure(acknowledged), problem: null });
  };
  const client = createClient({
    baseUrl: location.origin,
    transport: { ...webTransport, sha256: workerHash },
    patience: { total: patience, onRetry },
  });
  try {
    const direct = file.size < partsFrom;
    await uploadBinary(client, { binaryPrn, source: blobSource(file), direct, onProgress, signal });
    patch(binaryPrn, { state: "done", problem: null });
    uploads.delete(binaryPrn);
    tell();
  } catch (error) {
    // A pause, or another start, has said already what is now.
    if (!signal.aborted) patch(binaryPrn, { state: "failed", problem: inWords(error) });
  } finally {
    for (const key of ["binaries", "parts"]) void queryClient.invalidateQueries({ queryKey: [key] });
  }
}

export function pauseUpload(binaryPrn: string): void {
  patch(binaryPrn, { state: "paused", speed: null, problem: null });
  controllers.get(binaryPrn)?.abort();
}

export function resumeUpload(binaryPrn: string): void {
  const upload = uploads.get(binaryPrn);
  if (upload) startUpload(binaryPrn, upload.file);
}

export function forgetUpload(binaryPrn: string): void {
  controllers.get(binaryPrn)?.abort();
  uploads.delete(binaryPrn);
  tell();
}

/** Whoever closes the page is asked first while something is on its way. */
window.addEventListener("beforeunload", (event) => {
  if (snapshot.some(({ state }) => state === "uploading")) event.preventDefault();
});
