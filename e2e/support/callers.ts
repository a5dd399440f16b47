import { type Access, allows, type Role, roles, type Scope, scopes } from "@open-peridio/contract";
import { type Api, callApi } from "../api.ts";
import { openBrowser } from "./person.ts";

/** Somebody who calls the API, and what they may by their scopes. */
export interface Caller {
  name: string;
  granted: readonly Scope[];
  /** A person's session, not a key. */
  person: boolean;
  call: Api;
}

/** A key for each scope, for each role's scopes, and for all scopes but `admin`; and a person of each role. */
export async function makeCallers(url: string, admin: Api): Promise<Caller[]> {
  const kinds: [string, readonly Scope[]][] = [
    ...scopes.map((scope): [string, Scope[]] => [`a key with ${scope}`, [scope]]),
    ...Object.entries(roles).map(([role, granted]): [string, readonly Scope[]] => [`a key of a ${role}`, granted]),
    ["a key with all but admin", scopes.filter((scope) => scope !== "admin")],
  ];
  const keys = kinds.map(async ([name, granted]): Promise<Caller> => {
    const { body } = await admin("POST", "/api_keys", { name, scopes: granted });
    return { name, granted, person: false, call: callApi(url, body.api_key.value) };
  });
  const people = (Object.keys(roles) as Role[]).map(async (role): Promise<Caller> => {
    const call = await signUp(url, admin, role);
    return { name: `a ${role} in person`, granted: roles[role], person: true, call };
  });
  return Promise.all([...keys, ...people]);
}

let count = 0;

async function signUp(url: string, admin: Api, role: Role): Promise<Api> {
  const username = `${role}-${++count}`;
  const { body } = await admin("POST", "/invitations", { email: `${username}@example.com`, role });
  const browser = openBrowser(url);
  const account = { username, password: "four words for all callers" };
  const answer = await browser.ask("POST", "/invitations/accept", { token: body.invitation.token, ...account });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return browser.ask;
}

/** What the permissions table says that this caller may. */
export function mayCall(caller: Pick<Caller, "granted" | "person">, access: Access): boolean {
  if (access === "public" || access === "link" || access === "authenticated") return true;
  if (access === "person") return caller.person;
  if (access === "device") return false;
  return allows(caller.granted, access);
}
