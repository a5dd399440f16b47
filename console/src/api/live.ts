import { deliverableEvents } from "@open-peridio/contract/event-names";
import { parsePrn } from "@open-peridio/sdk";
import { useSyncExternalStore } from "react";
import { queryClient } from "./query-client.ts";
import { plural } from "./resources.ts";

/** What is told by an event as well: what its resource is a part of, or counts in. */
const alsoChanges: Record<string, string[]> = {
  binaries: ["binary_signatures", "audit_logs", "usage"],
  binary_signatures: ["binaries", "audit_logs"],
  releases: ["release_claims", "audit_logs"],
  devices: ["release_claims"],
};

/** Milliseconds until a connection that the browser gave up is tried again. */
const pause = 15_000;

let isLive = false;
const listeners = new Set<() => void>();

function setLive(value: boolean): void {
  if (isLive === value) return;
  isLive = value;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Whether the server tells of changes by itself at the moment. */
export function useIsLive(): boolean {
  return useSyncExternalStore(subscribe, () => isLive);
}

/** Milliseconds after which to ask again, for what may change by itself: events are faster, where they come. */
export function useRefetchInterval(mayChange: boolean): number | false {
  const live = useIsLive();
  if (!mayChange) return false;
  return live ? 10_000 : 1_500;
}

/** Listens to the server's events and makes fresh what they are about; returns how to end it. */
export function followEvents(): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    source = new EventSource("/events/stream");
    source.onopen = () => setLive(true);
    source.onerror = () => {
      setLive(false);
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pause);
    };
    const names = new Set(["message", ...deliverableEvents.flatMap((name) => [name, name.split(".")[0]!])]);
    for (const name of names) source.addEventListener(name, onEvent);
  }
  open();

  return () => {
    clearTimeout(timer);
    source?.close();
    setLive(false);
  };
}

function onEvent({ data }: MessageEvent<string>): void {
  const { resource_prn: prn } = JSON.parse(data) as { resource_prn: string };
  const parsed = parsePrn(prn);
  if (parsed?.kind !== "resource") return;
  const resource = plural(parsed.type);
  for (const key of [resource, "events", "overview", ...(alsoChanges[resource] ?? [])]) {
    void queryClient.invalidateQueries({ queryKey: [key] });
  }
}
