import { type Searchable, type SearchKey, searchKeys } from "@open-peridio/contract/search-keys";
import { Search, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { searchFor } from "../api/search-text.ts";
import { IconButton } from "./button.tsx";
import { inputShape } from "./form-shape.ts";
import { inWords } from "./problem.tsx";

interface SearchBoxProps {
  resource: Searchable;
  /** The key that plain words are looked for in. */
  wordsIn: string;
  value: string;
  onSearch: (search: string) => void;
  /** Why the server didn't take the search that stands here. */
  problem?: unknown;
}

const shownKeys = 8;

/**
 * Takes plain words, or the search language of the API: one to five clauses joined by ` and `. While typing it offers the
 * keys that there are.
 */
export function SearchBox({ resource, wordsIn, value, onSearch, problem }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  // The address changed by other means: the way back, a link.
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }

  const before = typed.slice(0, typed.lastIndexOf(" and ") < 0 ? 0 : typed.lastIndexOf(" and ") + 5);
  const word = typed.slice(before.length);
  const offers = /[:~<>'\s-]/.test(word)
    ? []
    : Object.entries<SearchKey>(searchKeys[resource])
        .filter(([key]) => key.startsWith(word))
        .slice(0, shownKeys);
  const isOpen = open && offers.length > 0;

  const take = (key: string, { type, operators }: SearchKey) => {
    const operator = operators.includes("~") ? "~" : operators.includes(">=") ? ">=" : operators[0]!;
    const quotes = type === "integer" || type.startsWith("boolean") ? "" : "''";
    const text = `${before}${key.replace("*", "key")}${operator}${quotes}`;
    setTyped(text);
    setChosen(-1);
    requestAnimationFrame(() => {
      const at = text.length - (quotes === "" ? 0 : 1);
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  };
  const search = (text: string) => {
    setOpen(false);
    setChosen(-1);
    const meant = searchFor(text, wordsIn);
    setTyped(meant);
    onSearch(meant);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && offers.length > 0) {
      event.preventDefault();
      setOpen(true);
      setChosen((chosen + step + offers.length + (chosen < 0 && step < 0 ? 1 : 0)) % offers.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const offer = isOpen ? offers[chosen] : undefined;
      if (offer) take(...offer);
      else search(typed);
    } else if (event.key === "Escape") {
      if (isOpen) setOpen(false);
      else input.current?.blur();
    }
  };

  return (
    <div className="relative min-w-0 flex-1">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden="true" />
      <input
        ref={input}
        data-search=""
        role="combobox"
        aria-label={`Search ${resource.replaceAll("_", " ")}`}
        aria-expanded={isOpen}
        aria-controls={`${id}-keys`}
        aria-activedescendant={isOpen && chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-autocomplete="list"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        placeholder={`Words, or ${wordsIn}~'text' and inserted_at>='2026-01-01T00:00:00Z'`}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          setChosen(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className={`${inputShape} h-8 truncate pr-8 pl-8.5 font-mono text-xs`}
      />
      {typed !== "" && (
        <IconButton label="Clear the search" className="absolute top-0.5 right-0.5" onClick={() => search("")}>
          <X />
        </IconButton>
      )}
      <div
        id={`${id}-keys`}
        role="listbox"
        aria-label="Keys to search by"
        hidden={!isOpen}
        className="absolute top-9 left-0 z-30 w-full max-w-md overflow-hidden rounded-lg border border-line-strong bg-raised py-1 shadow-raised"
      >
        {offers.map(([key, rule], at) => (
          <div
            key={key}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === chosen}
            // Before the input loses its focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take(key, rule);
            }}
            className="flex cursor-pointer items-center justify-between gap-4 px-3 py-1.5 text-xs hover:bg-hover aria-selected:bg-hover"
          >
            <span className="font-mono">{key}</span>
            <span className="text-faint">
              {rule.type} <span className="font-mono">{rule.operators.join(" ")}</span>
            </span>
          </div>
        ))}
      </div>
      {problem !== undefined && problem !== null && (
        <p id={`${id}-problem`} role="alert" className="mt-1.5 text-xs text-bad">
          {inWords(problem)}
        </p>
      )}
    </div>
  );
}
