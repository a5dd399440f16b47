import { allows, roles, type Scope } from "@open-peridio/contract/scopes";
import { parsePrn } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CornerDownLeft, Keyboard, type LucideIcon, Moon, Search, Sun } from "lucide-react";
import { useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { pathOf } from "../paths.ts";
import { useSession } from "../session/session.ts";
import { Kbd } from "../ui/card.tsx";
import { findings } from "./findings.ts";
import { places } from "./navigation.ts";
import { chooseTheme } from "./theme.ts";

export interface Choice {
  label: string;
  note: string;
  icon?: LucideIcon;
  to?: string;
  run?: () => void;
}

/** Goes anywhere: pages by name, things by name, PRN or hash. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const { role } = useSession();
  const may = (scope: Scope) => allows(roles[role], scope);
  const asked = useDeferredValue(typed.trim());
  const { data: found = [], isFetching } = useQuery({
    queryKey: ["palette", asked],
    queryFn: () => findings(asked, may),
    enabled: asked.length >= 2,
    staleTime: 30_000,
  });

  useEffect(() => dialog.current?.showModal(), []);

  const words = typed.trim().toLowerCase();
  const fixed: Choice[] = [
    ...places
      .filter(({ scope }) => scope === undefined || may(scope))
      .map(({ label, to, icon, key }) => ({ label, to, icon, note: `g ${key}` })),
    { label: "Keyboard shortcuts", note: "?", icon: Keyboard, run: onHelp },
    { label: "Dark appearance", note: "", icon: Moon, run: () => chooseTheme("dark") },
    { label: "Light appearance", note: "", icon: Sun, run: () => chooseTheme("light") },
  ];
  const named = parsePrn(typed.trim()) ? pathOf(typed.trim()) : null;
  const choices: Choice[] = [
    ...(named ? [{ label: "Open what this PRN names", note: named, to: named }] : []),
    ...(asked === typed.trim() && asked.length >= 2 ? found : []),
    ...fixed.filter(({ label }) => label.toLowerCase().includes(words)),
  ];
  const chosen = Math.min(at, choices.length - 1);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run?.();
    if (choice.to) void navigate({ to: choice.to });
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same.
    <dialog
      ref={dialog}
      aria-label="Find"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="mx-auto mt-[12vh] w-[calc(100vw-1.5rem)] max-w-xl animate-[appear_100ms_ease-out] overflow-hidden rounded-xl border border-line-strong bg-raised p-0 text-ink shadow-raised"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-4 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-label="Find"
          aria-expanded="true"
          aria-controls={`${id}-choices`}
          aria-activedescendant={choices.length > 0 ? `${id}-${chosen}` : undefined}
          placeholder="A page, a name, a PRN, a hash…"
          autoFocus
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (step !== 0) {
              event.preventDefault();
              const next = (chosen + step + choices.length) % choices.length;
              setAt(next);
              document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
            } else if (event.key === "Enter") choose(choices[chosen]);
          }}
          className="h-12 min-w-0 flex-1 bg-transparent text-base focus-visible:outline-none"
        />
        {isFetching ? <span className="text-xs text-faint">looking…</span> : <Kbd>esc</Kbd>}
      </div>
      <div id={`${id}-choices`} role="listbox" aria-label="Choices" className="max-h-[50vh] overflow-y-auto p-1.5">
        {choices.map((choice, index) => {
          const Icon = choice.icon ?? CornerDownLeft;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
            <div
              key={`${choice.label} ${choice.to ?? ""}`}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onClick={() => choose(choice)}
              onPointerMove={() => setAt(index)}
              className="flex cursor-pointer items-center gap-3 rounded-md px-2.5 py-2 text-sm aria-selected:bg-hover"
            >
              <Icon className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 flex-1 truncate">{choice.label}</span>
              <span className="max-w-[50%] truncate text-xs text-faint">{choice.note}</span>
            </div>
          );
        })}
        {choices.length === 0 && (
          <p className="px-3 py-6 text-center text-sm text-muted">Nothing is called “{typed}”.</p>
        )}
      </div>
    </dialog>
  );
}
