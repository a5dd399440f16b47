import { call } from "@open-peridio/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client.ts";
import { type ResourceName, type Resources, singular } from "./resources.ts";

/** What a list is asked for, as the API names it. */
export interface ListQuery {
  search?: string | undefined;
  order?: "asc" | "desc" | undefined;
  page?: string | undefined;
  limit?: number | undefined;
}

export interface Page<T> {
  items: T[];
  nextPage: string | null;
}

/** Keys begin with the resource's name, so that one event makes all that shows it fresh (live.ts). */
export function listOf<R extends ResourceName>(resource: R, query: ListQuery & Record<string, unknown> = {}) {
  return queryOptions({
    queryKey: [resource, "list", query],
    queryFn: () => fetchList(resource, query),
    placeholderData: keepPreviousData,
  });
}

export async function fetchList<R extends ResourceName>(
  resource: R,
  query: ListQuery & Record<string, unknown> = {},
): Promise<Page<Resources[R]>> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const words = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  const answer = (await call(client, "GET", `/${resource}`, { query: words })) as Record<string, unknown>;
  return { items: answer[resource] as Resources[R][], nextPage: (answer.next_page as string | null) ?? null };
}

/** Every item, page by page, up to `most`: for choices and matrices, which make no sense in pages. */
export function allOf<R extends ResourceName>(resource: R, query: ListQuery = {}, most = 500) {
  return queryOptions({
    queryKey: [resource, "all", query, most],
    queryFn: async () => {
      const items: Resources[R][] = [];
      let page: string | undefined;
      do {
        const next = await fetchList(resource, { ...query, limit: 100, page });
        items.push(...next.items);
        page = next.nextPage ?? undefined;
      } while (page !== undefined && items.length < most);
      return { items, more: page !== undefined };
    },
  });
}

export function oneOf<R extends ResourceName>(resource: R, prn: string) {
  return queryOptions({
    queryKey: [resource, "one", prn],
    queryFn: async () => {
      const answer = (await call(client, "GET", `/${resource}/${prn}`)) as Record<string, unknown>;
      return answer[singular(resource)] as Resources[R];
    },
  });
}

/** POST, PATCH or DELETE of a resource; the answer's one item, null where there is none. */
export async function change<R extends ResourceName>(
  method: "POST" | "PATCH" | "DELETE" | "PUT",
  resource: R,
  prn: string | null,
  body?: object,
): Promise<Resources[R]> {
  const path = prn === null ? `/${resource}` : `/${resource}/${prn}`;
  const answer = (await call(client, method, path, body ? { body } : {})) as Record<string, unknown> | null;
  return answer?.[singular(resource)] as Resources[R];
}
