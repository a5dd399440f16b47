import { Kbd } from "../ui/card.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { places } from "./navigation.ts";

const everywhere: [string[], string][] = [
  [["⌘ K", "Ctrl K"], "Find anything, go anywhere"],
  [["/"], "Search in the list"],
  [["j", "k"], "Next and previous row"],
  [["Enter"], "Open the row"],
  [["c"], "Create what the page lists"],
  [["e"], "Edit what the page shows"],
  [["Esc"], "Close, leave the field"],
  [["?"], "This page"],
];

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} wide>
      <div className="grid gap-x-10 gap-y-2 text-sm sm:grid-cols-2">
        <dl className="flex flex-col gap-2">
          {everywhere.map(([keys, meaning]) => (
            <Line key={meaning} keys={keys} meaning={meaning} />
          ))}
        </dl>
        <dl className="flex flex-col gap-2">
          {places.map(({ key, label }) => (
            <Line key={key} keys={["g", key]} meaning={label} />
          ))}
        </dl>
      </div>
    </Dialog>
  );
}

function Line({ keys, meaning }: { keys: string[]; meaning: string }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt className="text-muted">{meaning}</dt>
      <dd className="flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
