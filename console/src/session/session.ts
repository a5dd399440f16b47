import { allows, roles, type Scope } from "@open-peridio/contract/scopes";
import { ApiError, bodyOf, type components } from "@open-peridio/sdk";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { client } from "../api/client.ts";

type Membership = components["schemas"]["Membership"];

export interface Session {
  email: string;
  username: string;
  organizationPrn: string;
  organizationName: string;
  role: Membership["role"];
  memberships: Membership[];
}

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Session | null> => {
    try {
      const { data: me } = await bodyOf(client.api.GET("/users/me"));
      const { organizations } = await bodyOf(client.api.GET("/users/me/organizations"));
      const current = organizations.find((each) => each.current) ?? organizations[0]!;
      return {
        email: me.email,
        username: me.username,
        organizationPrn: me.organization_prn,
        organizationName: current.name,
        role: current.role,
        memberships: organizations,
      };
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** The session, on pages that are only shown within one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  return data ?? signedOut;
}

/** Shown for the moment between the end of a session and the page to sign in. */
const signedOut: Session = {
  email: "",
  username: "",
  organizationPrn: "",
  organizationName: "",
  role: "viewer",
  memberships: [],
};

/** Whether the person may do what asks for this scope; the server decides, this only spares a refusal. */
export function useMay(scope: Scope): boolean {
  const { role } = useSession();
  return allows(roles[role], scope);
}
