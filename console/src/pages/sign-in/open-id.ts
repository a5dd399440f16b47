import { useQuery } from "@tanstack/react-query";

/** Whether people may sign in at an OpenID provider: its address sends them there, or isn't found. */
export function useHasOpenId(): boolean {
  const { data = false } = useQuery({
    queryKey: ["open-id"],
    queryFn: async () => (await fetch("/users/oidc/start", { redirect: "manual" })).type === "opaqueredirect",
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
