import { useNavigate, useSearch } from "@tanstack/react-router";

/** What of a list stands in the page's address, so that a link, a reload and the way back show the same. */
export interface ListState {
  search?: string | undefined;
  order?: "asc" | undefined;
  page?: string | undefined;
}

/** Reads it from an address; what makes no sense is left out. Routes of lists name it as their `validateSearch`. */
export function readListState(given: Record<string, unknown>): ListState {
  return {
    ...(typeof given.search === "string" && given.search !== "" && { search: given.search }),
    ...(given.order === "asc" && { order: "asc" as const }),
    ...(typeof given.page === "string" && { page: given.page }),
  };
}

/** The list's state, and how to change it; another search or order begins on the first page. */
export function useListState(): [ListState, (next: ListState) => void] {
  const state = readListState(useSearch({ strict: false }) as Record<string, unknown>);
  const navigate = useNavigate();
  const change = (next: ListState) => {
    void navigate({
      to: ".",
      search: ((all: Record<string, unknown>) => {
        const { search: _search, order: _order, page: _page, ...others } = all;
        return { ...others, ...readListState({ ...next }) };
      }) as never,
    });
  };
  return [state, change];
}
