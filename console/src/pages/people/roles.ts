import { type Role, roles } from "@open-peridio/contract/scopes";

const meanings: Record<Role, string> = {
  admin: "Everything; nobody else manages people, keys, storage and settings.",
  developer: "Reads and writes binaries, bundles, releases, devices and webhooks; neither signs nor destroys.",
  signer: "Reads binaries, and signs them.",
  viewer: "Reads, and changes nothing.",
};

/** Roles as a choice, and what each of them means. */
export const roleOptions = (Object.keys(roles) as Role[]).map((role) => ({ value: role, label: role }));

export function meaningOf(role: string): string {
  return meanings[role as Role] ?? "";
}
