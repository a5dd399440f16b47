import { type ReactNode, useId, useState } from "react";
import { Button } from "./button.tsx";
import { CliHint } from "./cli-hint.tsx";
import { Dialog } from "./dialog.tsx";
import { inputShape } from "./form-shape.ts";
import { inWords } from "./problem.tsx";

interface ConfirmProps {
  title: string;
  /** What will be done, on the button: `Destroy the binary`. */
  action: string;
  /** What breaks, or is lost, one sentence each. */
  consequences: ReactNode[];
  /** What has to be typed before it can be done; left out for what can be undone. */
  name?: string;
  command?: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that can't be taken back: says what breaks, and wants the name typed. */
export function Confirm({ title, action, consequences, name, command, onConfirm, onClose }: ConfirmProps) {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const id = useId();
  const ready = name === undefined || typed.trim() === name;

  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void confirm();
        }}
        className="flex flex-col gap-4"
      >
        <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm text-muted marker:text-bad">
          {consequences.map((consequence, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown.
            <li key={at}>{consequence}</li>
          ))}
        </ul>
        {name !== undefined && (
          <div className="flex flex-col gap-1.5">
            <label htmlFor={id} className="text-sm">
              Type <strong className="font-mono text-xs font-semibold break-all select-all">{name}</strong> to go on
            </label>
            <input
              id={id}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className={`${inputShape} font-mono`}
            />
          </div>
        )}
        {command !== undefined && <CliHint command={command} />}
        {problem !== null && (
          <p role="alert" className="text-sm text-bad">
            {inWords(problem)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" disabled={!ready} busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
