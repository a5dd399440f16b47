import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { places } from "./navigation.ts";

/** Milliseconds that the second key of a pair may take. */
const patience = 1_200;

interface Openers {
  palette: () => void;
  help: () => void;
}

/** What the keyboard can do on every page, apart from what fields and dialogs do with it. */
export function useShortcuts({ palette, help }: Openers): void {
  const navigate = useNavigate();
  useEffect(() => {
    let going = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return palette();
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTaken(event.target)) return;
      const afterG = Date.now() - going < patience;
      going = 0;
      if (afterG) {
        const place = places.find(({ key }) => key === event.key);
        if (place) void navigate({ to: place.to });
        return;
      }
      if (event.key === "g") going = Date.now();
      else if (event.key === "?") help();
      else if (event.key === "j") stepRows(1);
      else if (event.key === "k") stepRows(-1);
      else if (event.key === "/") focusOn(event, "[data-search]");
      else if (event.key === "c") press(event, "[data-create]");
      else if (event.key === "e") press(event, "[data-edit]");
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [navigate, palette, help]);
}

function isTaken(target: EventTarget | null): boolean {
  const element = target as HTMLElement;
  return element.closest?.("input, textarea, select, dialog, [role=menu], [contenteditable]") !== null;
}

function stepRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next]?.focus();
}

function focusOn(event: KeyboardEvent, selector: string): void {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) return;
  event.preventDefault();
  element.focus();
}

function press(event: KeyboardEvent, selector: string): void {
  // What opens may take the focus at once, and the letter with it.
  event.preventDefault();
  document.querySelector<HTMLElement>(selector)?.click();
}
