import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { listOf, oneOf } from "../api/queries.ts";
import { both, quoted } from "../api/search-text.ts";
import { Field } from "./form.tsx";
import { inputShape } from "./form-shape.ts";
import { type Named, nameOf, wordsIn } from "./named.ts";
import { useSettled } from "./use-settled.ts";

interface ThingFieldProps {
  name: string;
  label: string;
  resource: Named;
  /** What may be chosen: a clause of the search language. */
  only?: string | undefined;
  defaultPrn?: string | null | undefined;
  hint?: ReactNode;
  optional?: boolean;
  onChoose?: (prn: string | null) => void;
}

const shown = 8;

/** One thing of a list that may be long: words find it, arrows and Enter choose it. Its value in the form is its PRN. */
export function ThingField(props: ThingFieldProps) {
  const { name, label, resource, only, defaultPrn = null, hint, optional = false, onChoose } = props;
  const id = useId();
  const value = useRef<HTMLInputElement>(null);
  const [prn, setPrn] = useState(defaultPrn);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const isOpen = typed !== null;
  const words = useSettled(typed?.trim() ?? "");
  const search = both(only, words && `${wordsIn[resource]}~${quoted(words)}`);
  const { data: found, isPlaceholderData } = useQuery({
    ...listOf(resource, { search, limit: shown }),
    enabled: isOpen,
  });
  const { data: chosen } = useQuery({ ...oneOf(resource, prn ?? ""), enabled: prn !== null, staleTime: 60_000 });
  // What was found for fewer letters is shown until the answer for these is there, but never what doesn't fit them.
  const items = (found?.items ?? []).filter((item) =>
    nameOf(item)
      .toLowerCase()
      .includes(typed?.trim().toLowerCase() ?? ""),
  );

  const take = (next: string | null) => {
    setPrn(next);
    setTyped(null);
    onChoose?.(next);
  };
  // The form listens for what is typed; this wasn't.
  const known = useRef(prn);
  useEffect(() => {
    if (known.current === prn) return;
    known.current = prn;
    value.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [prn]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setTyped(typed ?? "");
      setAt((at + step + items.length) % Math.max(1, items.length));
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      const item = items[at];
      if (item) take(item.prn);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
    }
  };
  return (
    <Field name={name} label={label} hint={hint} optional={optional}>
      {({ name: _, ...ties }) => (
        <div>
          <input
            {...ties}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && items[at] ? `${id}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={`Find ${withArticle(resource.replace("bundle_", "").slice(0, -1))}`}
            value={typed ?? (chosen ? nameOf(chosen) : prn === null ? "" : `…${prn.slice(-12)}`)}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onClick={(event) => {
              setTyped(typed ?? "");
              event.currentTarget.select();
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setTyped(null)}
            className={inputShape}
          />
          <input ref={value} type="hidden" name={name} value={prn ?? ""} />
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={label}
            hidden={!isOpen}
            className="mt-1 max-h-56 overflow-y-auto rounded-md border border-line-strong bg-raised py-1"
          >
            {optional && prn !== null && (
              <Option id={`${id}-none`} isAt={false} onTake={() => take(null)}>
                <span className="text-muted">None</span>
              </Option>
            )}
            {items.map((item, index) => (
              <Option key={item.prn} id={`${id}-${index}`} isAt={index === at} onTake={() => take(item.prn)}>
                {nameOf(item)}
                <span className="ml-auto font-mono text-2xs text-faint">…{item.prn.slice(-6)}</span>
              </Option>
            ))}
            {found && !isPlaceholderData && items.length === 0 && (
              <div
                role="option"
                aria-selected={false}
                aria-disabled={true}
                tabIndex={-1}
                className="px-3 py-1 text-sm text-muted"
              >
                {words === "" ? "There is none yet." : `None is called like “${words}”.`}
              </div>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

interface OptionProps {
  id: string;
  isAt: boolean;
  onTake: () => void;
  children: ReactNode;
}

function Option({ id, isAt, onTake, children }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isAt}
      // Before the input loses its focus.
      onMouseDown={(event) => {
        event.preventDefault();
        onTake();
      }}
      className="flex cursor-pointer items-center gap-3 px-3 py-1 text-sm hover:bg-hover aria-selected:bg-hover"
    >
      {children}
    </div>
  );
}
