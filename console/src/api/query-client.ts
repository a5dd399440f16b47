import { ApiError } from "@open-peridio/sdk";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

/** A session that ended shows in whatever is asked next. */
function onError(error: unknown): void {
  if (error instanceof ApiError && error.status === 401 && error.code !== "otp_required") {
    queryClient.setQueryData(["me"], null);
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // The SDK has tried again already.
      retry: false,
      staleTime: 5_000,
    },
  },
});
