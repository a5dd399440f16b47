import { type ReactNode, useId, useState } from "react";
import { Button } from "./button.tsx";
import { classes } from "./classes.ts";
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
  /** `plain` for what can be undone. */
  tone?: "danger" | "plain";
  /** What else is to be decided. */
  children?: ReactNode;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that can't be taken back: says what breaks, and wants the name typed. */
export function Confirm(props: ConfirmProps) {
  const { title, action, consequences, name, command, tone = "danger", children, onConfirm, onClose } = props;
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
        <ul
          className={classes(
            "flex list-disc flex-col gap-1.5 pl-4 text-sm text-muted",
            tone === "danger" ? "marker:text-bad" : "marker:text-faint",
          )}
        >
          {consequences.map((consequence, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown.
            <li key={at}>{consequence}</li>
          ))}
        </ul>
        {children}
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
          <Button type="submit" look={tone === "danger" ? "danger" : "primary"} disabled={!ready} busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
