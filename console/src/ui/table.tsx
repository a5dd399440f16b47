import type { Searchable } from "@open-peridio/contract/search-keys";
import { ApiError } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import { listOf } from "../api/queries.ts";
import type { ResourceName, Resources } from "../api/resources.ts";
import { both } from "../api/search-text.ts";
import { Button } from "./button.tsx";
import { Skeleton } from "./card.tsx";
import { classes } from "./classes.ts";
import { Empty } from "./empty.tsx";
import { type ListState, useListState } from "./list-state.ts";
import { Problem } from "./problem.tsx";
import { SearchBox } from "./search-box.tsx";

export interface Column<T> {
  header: string;
  cell: (row: T) => ReactNode;
  /** Left out on narrow screens: `md` below 768 pixels, `lg` below 1024. */
  from?: "md" | "lg";
  /** Right-aligned figures. */
  figures?: boolean;
  /** The column that the server can order by: when the row was made. */
  ordered?: boolean;
}

interface TableProps<R extends ResourceName & Searchable> {
  resource: R;
  columns: Column<Resources[R]>[];
  /** Where a row leads. */
  to?: (row: Resources[R]) => string;
  /** Or what opens by it, beside the list. */
  open?: (row: Resources[R]) => void;
  /** What every row fulfils, whatever is searched for: a clause of the search language. */
  only?: string;
  /** The key that plain words are looked for in; without it there is no search box. */
  wordsIn?: string;
  /** Shown when there is nothing at all. */
  empty: ReactNode;
  /** Right of the search box. */
  actions?: ReactNode;
  /** Rows a page. */
  size?: number;
  /** Keeps its state to itself, not in the address: for a second table on a page. */
  aside?: boolean;
  /** Milliseconds after which to ask again. */
  refresh?: number | false;
}

const narrow = { md: "max-md:hidden", lg: "max-lg:hidden" };

/** A list of the API, in pages, ordered and searched by the server. */
export function Table<R extends ResourceName & Searchable>(props: TableProps<R>) {
  const inAddress = useListState();
  const ofItsOwn = useState<ListState>({});
  const [state, change] = props.aside ? ofItsOwn : inAddress;
  const { resource, columns, to, open, only, wordsIn, empty, actions, size = 25, refresh = false } = props;
  const query = { search: both(only, state.search), order: state.order, page: state.page, limit: size };
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    ...listOf(resource, query),
    refetchInterval: refresh,
  });

  const isRefusedSearch = error instanceof ApiError && error.code === "invalid_search" && state.search !== undefined;
  const isUntouched = state.search === undefined && state.page === undefined;
  if (data?.items.length === 0 && isUntouched && !isPlaceholderData) {
    return (
      <>
        {actions && <div className="flex justify-end p-2.5">{actions}</div>}
        {empty}
      </>
    );
  }

  const flip = () => change({ ...state, page: undefined, order: state.order === "asc" ? undefined : "asc" });
  return (
    <div className="min-w-0">
      {(wordsIn !== undefined || actions) && (
        <div className="flex flex-wrap items-start gap-2 p-2.5">
          {wordsIn !== undefined && (
            <SearchBox
              resource={resource}
              wordsIn={wordsIn}
              value={state.search ?? ""}
              onSearch={(search) => change({ ...(state.order && { order: state.order }), search })}
              problem={isRefusedSearch ? error : undefined}
            />
          )}
          {actions}
        </div>
      )}
      {error && !isRefusedSearch && <Problem error={error} retry={() => void refetch()} />}
      {!error && (
        <div className="overflow-x-auto">
          <table className={classes("w-full text-sm", isPlaceholderData && "opacity-60")} aria-busy={isPending}>
            <thead>
              <tr className="border-b border-line text-left text-xs text-muted">
                {columns.map((column) => (
                  <th
                    key={column.header}
                    scope="col"
                    aria-sort={column.ordered ? (state.order === "asc" ? "ascending" : "descending") : undefined}
                    className={classes(
                      "h-8 px-4 font-medium whitespace-nowrap",
                      column.figures && "text-right",
                      column.from && narrow[column.from],
                    )}
                  >
                    {column.ordered ? (
                      <button type="button" onClick={flip} className="inline-flex items-center gap-1 hover:text-ink">
                        {column.header}
                        {state.order === "asc" ? <ArrowUp className="size-3" /> : <ArrowDown className="size-3" />}
                      </button>
                    ) : (
                      column.header
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {isPending && <Waiting columns={columns} />}
              {data?.items.map((row) => (
                <Row
                  key={(row as { prn: string }).prn}
                  row={row}
                  columns={columns}
                  to={to?.(row)}
                  open={open && (() => open(row))}
                />
              ))}
            </tbody>
          </table>
          {data?.items.length === 0 && !isUntouched && (
            <Empty
              title="Nothing fits this search"
              action={<Button onClick={() => change({})}>Clear the search</Button>}
            >
              Words are looked for in <code className="font-mono text-xs">{wordsIn}</code>; type a key such as{" "}
              <code className="font-mono text-xs">inserted_at</code> to search by something else.
            </Empty>
          )}
          {(state.page !== undefined || data?.nextPage) && (
            <nav
              aria-label="Pages of the list"
              className="flex items-center justify-end gap-2 border-t border-line p-2.5"
            >
              {state.page !== undefined && (
                <Button onClick={() => change({ ...state, page: undefined })}>First page</Button>
              )}
              <Button
                disabled={!data?.nextPage || isPlaceholderData}
                onClick={() => change({ ...state, page: data!.nextPage! })}
              >
                Next page
              </Button>
            </nav>
          )}
        </div>
      )}
    </div>
  );
}

interface RowProps<T> {
  row: T;
  columns: Column<T>[];
  to: string | undefined;
  open: (() => void) | undefined;
}

/** The whole row leads there; what else can be pressed in it lies above. */
const wholeRow = { "data-row": "", className: "text-left outline-offset-4 after:absolute after:inset-0" };

function Row<T>({ row, columns, to, open }: RowProps<T>) {
  return (
    <tr className="relative border-b border-line last:border-0 hover:bg-hover has-[[data-row]:focus-visible]:bg-hover">
      {columns.map((column, at) => (
        <td
          key={column.header}
          className={classes(
            "h-10 px-4 py-1.5",
            column.figures && "nums text-right",
            column.from && narrow[column.from],
            at === 0 && "max-w-[22rem] min-w-36 font-medium [overflow-wrap:anywhere]",
          )}
        >
          {at > 0 || (to === undefined && open === undefined) ? (
            column.cell(row)
          ) : to === undefined ? (
            <button type="button" onClick={open} {...wholeRow}>
              {column.cell(row)}
            </button>
          ) : (
            <Link to={to} {...wholeRow}>
              {column.cell(row)}
            </Link>
          )}
        </td>
      ))}
    </tr>
  );
}

function Waiting<T>({ columns }: { columns: Column<T>[] }) {
  return ["a", "b", "c", "d"].map((row) => (
    <tr key={row} className="border-b border-line last:border-0">
      {columns.map((column) => (
        <td key={column.header} className={classes("h-10 px-4", column.from && narrow[column.from])}>
          <Skeleton className="h-3 w-24 max-w-full" />
        </td>
      ))}
    </tr>
  ));
}
