import type { Resources } from "../../api/resources.ts";

/** How an authority is called: by its common name, or else its serial number. */
export function nameOf({ common_name, serial }: Resources["ca_certificates"]): string {
  return common_name ?? serial;
}
