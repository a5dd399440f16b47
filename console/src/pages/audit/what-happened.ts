import type { Resources } from "../../api/resources.ts";

/** `binary signature created` */
export function whatHappened({ type, subtype }: Pick<Resources["audit_logs"], "type" | "subtype">): string {
  return `${type} ${subtype}`.replaceAll("_", " ");
}
