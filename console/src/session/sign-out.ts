import { bodyOf } from "@open-peridio/sdk";
import { client } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";

export async function signOut(): Promise<void> {
  await client.api.POST("/users/sign_out");
  queryClient.clear();
  queryClient.setQueryData(["me"], null);
}

/** Goes on in another organization: nothing that is shown belongs to it. */
export async function switchOrganization(organizationPrn: string): Promise<void> {
  await bodyOf(client.api.POST("/users/me/organization", { body: { organization_prn: organizationPrn } }));
  location.assign("/console/");
}
