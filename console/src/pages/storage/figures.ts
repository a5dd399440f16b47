import { bodyOf } from "@open-peridio/sdk";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../../api/client.ts";

/** What is kept in which store: counted by the server, which may take a while with very many binaries. */
export const storageFigures = queryOptions({
  queryKey: ["storage_figures"],
  queryFn: async () => (await bodyOf(client.api.GET("/storage_figures"))).storage_figures,
  staleTime: 0,
});
