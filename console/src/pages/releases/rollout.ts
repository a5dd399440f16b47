import { bodyOf } from "@open-peridio/sdk";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../../api/client.ts";

/** How far a release has come. */
export const rolloutOf = (prn: string) =>
  queryOptions({
    queryKey: ["releases", "rollout", prn],
    queryFn: async () =>
      (await bodyOf(client.api.GET("/releases/{prn}/rollout", { params: { path: { prn } } }))).rollout,
  });
