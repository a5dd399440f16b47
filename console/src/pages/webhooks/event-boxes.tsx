import { useRef } from "react";
import { boxPrefix, eventGroups } from "./event-groups.ts";

/** A box for each event, by what it happens to. */
export function EventBoxes({ chosen }: { chosen: string[] }) {
  const boxes = useRef<HTMLFieldSetElement>(null);
  const tickAll = (ticked: boolean) => {
    const all = boxes.current!.querySelectorAll<HTMLInputElement>("input[type=checkbox]");
    for (const box of all) box.checked = ticked;
    // As if each had been clicked: the form looks again at what it holds.
    boxes.current!.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  return (
    <fieldset ref={boxes} className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Events</legend>
      <div className="flex gap-3 text-xs">
        <TickAll label="All" onClick={() => tickAll(true)} />
        <TickAll label="None" onClick={() => tickAll(false)} />
      </div>
      <div className="gap-x-6 rounded-md border border-line p-3 sm:columns-3">
        {eventGroups.map(({ thing, events }) => (
          <fieldset key={thing} className="mb-3 break-inside-avoid last:mb-0">
            <legend className="mb-1 text-xs text-muted">{thing}</legend>
            {events.map((name) => (
              <label key={name} className="flex items-center gap-2 py-0.5 text-sm">
                <input
                  type="checkbox"
                  name={boxPrefix + name}
                  defaultChecked={chosen.includes(name)}
                  className="size-4 shrink-0 accent-accent"
                />
                {name.split(".")[1]!.replaceAll("_", " ")}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}

function TickAll({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="text-muted underline underline-offset-2 hover:text-ink">
      {label}
    </button>
  );
}
