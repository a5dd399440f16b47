import { resourceTypes } from "@open-peridio/contract/prn";
import { wanted, wanting } from "../../api/search-text.ts";
import { inputShape } from "../../ui/form-shape.ts";
import { useListState } from "../../ui/list-state.ts";
import { inWords } from "./what-happened.ts";

const results = ["done", "denied", "failed"];

/** The searches that are wanted most, as choices; they write the search, which stands in the address. */
export function Filters() {
  return (
    <div className="flex gap-2 max-sm:w-full">
      <Filter name="result" any="Any result" values={results} />
      <Filter name="type" any="Any thing" values={resourceTypes} />
    </div>
  );
}

function Filter({ name, any, values }: { name: string; any: string; values: readonly string[] }) {
  const [state, change] = useListState();
  const chosen = wanted(state.search, name) ?? "";
  return (
    <select
      aria-label={`Filter by ${name}`}
      value={values.includes(chosen) ? chosen : ""}
      onChange={(event) => change({ order: state.order, search: wanting(state.search, name, event.target.value) })}
      className={`${inputShape} h-8 min-w-32 py-0`}
    >
      <option value="">{any}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {inWords(value)}
        </option>
      ))}
    </select>
  );
}
