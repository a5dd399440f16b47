import { type Access, allows, roles, type Scope, scopes } from "@open-peridio/contract";
import type { Api } from "../api.ts";

/** Somebody who calls the API, and what they may by their scopes. */
export interface Caller {
  name: string;
  granted: readonly Scope[];
  /** A person's session, not a key. */
  person: boolean;
  key: string;
}

/** A key for each scope, for each role's scopes, and for all scopes but `admin`. */
export async function makeKeys(api: Api): Promise<Caller[]> {
  const kinds: [string, readonly Scope[]][] = [
    ...scopes.map((scope): [string, Scope[]] => [`a key with ${scope}`, [scope]]),
    ...Object.entries(roles).map(([role, granted]): [string, readonly Scope[]] => [`a key of a ${role}`, granted]),
    ["a key with all but admin", scopes.filter((scope) => scope !== "admin")],
  ];
  return Promise.all(
    kinds.map(async ([name, granted]) => {
      const { body } = await api("POST", "/api_keys", { name, scopes: granted });
      return { name, granted, person: false, key: body.api_key.value as string };
    }),
  );
}

/** What the permissions table says that this caller may. */
export function mayCall(caller: Pick<Caller, "granted" | "person">, access: Access): boolean {
  if (access === "public" || access === "link" || access === "authenticated") return true;
  if (access === "person") return caller.person;
  return allows(caller.granted, access);
}
