import { useQuery } from "@tanstack/react-query";
import { allOf } from "../../api/queries.ts";

/** What a move calls the server's own store. */
export const serverStore = "server";

/** All stores that content can be in, the server's own first, as a choice. */
export function useStoreChoice(): { value: string; label: string }[] {
  const { data } = useQuery(allOf("content_stores"));
  const own = { value: serverStore, label: "the server's own store" };
  return [own, ...(data?.items ?? []).map(({ prn, name }) => ({ value: prn, label: name }))];
}

/** How a store is called; null is the server's own. */
export function useStoreNames(): (prn: string | null) => string {
  const stores = useStoreChoice();
  return (prn) => stores.find(({ value }) => value === (prn ?? serverStore))?.label ?? `…${prn!.slice(-12)}`;
}
