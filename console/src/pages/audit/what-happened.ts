import type { Resources } from "../../api/resources.ts";

/** `ca_certificate` → `CA certificate` */
export function inWords(type: string): string {
  return type.replaceAll("_", " ").replace(/^(api|ca)\b/, (letters) => letters.toUpperCase());
}

/** `binary signature created` */
export function whatHappened({ type, subtype }: Pick<Resources["audit_logs"], "type" | "subtype">): string {
  return `${inWords(type)} ${subtype.replaceAll("_", " ")}`;
}
