import { createClient } from "@open-peridio/sdk";

/** The session's cookie says who asks. What doesn't answer for this long is shown as a problem, with a button to try again. */
export const client = createClient({ baseUrl: location.origin, patience: { total: 8_000 } });

/** For signing in, where waiting in silence would look like a hang. */
export const impatientClient = createClient({ baseUrl: location.origin, patience: { total: 0 } });
