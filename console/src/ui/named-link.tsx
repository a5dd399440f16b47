import { useQuery } from "@tanstack/react-query";
import { oneOf } from "../api/queries.ts";
import { type Named, nameOf } from "./named.ts";
import { ThingLink } from "./thing-link.tsx";

/** Leads to a thing by its name, which is asked for once however many rows show it. */
export function NamedLink({ resource, prn }: { resource: Named; prn: string | null }) {
  const { data } = useQuery({ ...oneOf(resource, prn ?? ""), enabled: prn !== null, staleTime: 60_000 });
  return <ThingLink prn={prn} name={data && nameOf(data)} />;
}
