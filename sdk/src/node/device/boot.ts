import { readFile } from "node:fs/promises";

/** Names this life of the system: another one after each boot. Empty where the system doesn't tell. */
export async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "")).trim();
}
