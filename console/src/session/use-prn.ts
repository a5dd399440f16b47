import type { ResourceType } from "@open-peridio/sdk";
import { useParams } from "@tanstack/react-router";
import { prnOf } from "../api/ids.ts";
import { useSession } from "./session.ts";

/** The PRN of what the page's address names by its UUID. */
export function usePrn(type: ResourceType): string {
  const { id } = useParams({ strict: false }) as { id: string };
  return prnOf(useSession().organizationPrn, type, id);
}
