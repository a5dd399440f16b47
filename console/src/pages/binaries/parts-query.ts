import { bodyOf } from "@open-peridio/sdk";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../../api/client.ts";

export function partsOf(prn: string) {
  return queryOptions({
    queryKey: ["parts", prn],
    queryFn: async () => {
      const { binary_parts } = await bodyOf(client.api.GET("/binaries/{prn}/parts", { params: { path: { prn } } }));
      return binary_parts;
    },
  });
}
