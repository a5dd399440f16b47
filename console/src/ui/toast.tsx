import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { Button, IconButton } from "./button.tsx";
import { inWords } from "./problem.tsx";

interface Toast {
  tone: "good" | "bad";
  text: string;
  retry?: (() => void) | undefined;
}

let toasts: readonly (Toast & { id: number })[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: typeof toasts): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => set(toasts.filter((each) => each.id !== id));

export function showToast(toast: Toast): void {
  set([...toasts.slice(-2), { ...toast, id: ++last }]);
}

export function sayDone(text: string): void {
  showToast({ tone: "good", text });
}

/** What went wrong, in words, and a way to try it again. */
export function sayProblem(error: unknown, retry?: () => void): void {
  showToast({ tone: "bad", text: inWords(error), retry });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex flex-col items-end gap-2"
    >
      {shown.map((toast) => (
        <OneToast key={toast.id} {...toast} />
      ))}
    </section>
  );
}

function OneToast({ id, tone, text, retry }: Toast & { id: number }) {
  useEffect(() => {
    // A problem stays until it was read.
    if (tone === "bad") return;
    const timer = setTimeout(() => dismiss(id), 4_000);
    return () => clearTimeout(timer);
  }, [id, tone]);
  const Icon = tone === "good" ? CircleCheck : CircleAlert;
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className="pointer-events-auto flex w-full max-w-sm animate-[appear_120ms_ease-out] items-start gap-2.5 rounded-lg border border-line-strong bg-raised p-3 text-sm shadow-raised"
    >
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone === "good" ? "text-accent" : "text-bad"}`} />
      <p className="min-w-0 flex-1 break-words">{text}</p>
      {retry && (
        <Button
          onClick={() => {
            dismiss(id);
            retry();
          }}
        >
          Try again
        </Button>
      )}
      <IconButton label="Dismiss" className="-m-1" onClick={() => dismiss(id)}>
        <X />
      </IconButton>
    </div>
  );
}
