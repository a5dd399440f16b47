import { bodyOrNull, type Client } from "../../client.ts";
import type { ArchivedArtifact, ArchivedVersion, BundleDocument } from "./document.ts";

/** Makes the artifacts and versions that aren't there. @throws ApiError; Error when an id means something else there */
export async function bringCatalog(client: Client, organization: string, { artifacts }: BundleDocument): Promise<void> {
  for (const [id, artifact] of Object.entries(artifacts)) {
    await bringArtifact(client, organization, id, artifact);
    for (const [versionId, version] of Object.entries(artifact.versions)) {
      await bringVersion(client, organization, versionId, version, `${organization}:artifact:${id}`);
    }
  }
}

async function bringArtifact(
  client: Client,
  organization: string,
  id: string,
  { name, description }: ArchivedArtifact,
): Promise<void> {
  const params = { path: { prn: `${organization}:artifact:${id}` } };
  if (await bodyOrNull(client.api.GET("/artifacts/{prn}", { params }))) return;
  await client.api.POST("/artifacts", { body: { id, name, description } });
}

async function bringVersion(
  client: Client,
  organization: string,
  id: string,
  { version, description }: ArchivedVersion,
  artifactPrn: string,
): Promise<void> {
  const prn = `${organization}:artifact_version:${id}`;
  const found = await bodyOrNull(client.api.GET("/artifact_versions/{prn}", { params: { path: { prn } } }));
  if (!found) {
    await client.api.POST("/artifact_versions", { body: { id, artifact_prn: artifactPrn, version, description } });
    return;
  }
  const { artifact_version: there } = found;
  if (there.artifact_prn === artifactPrn && there.version === version) return;
  throw new Error(
    `${prn} is version '${there.version}' of ${there.artifact_prn}, in the archive it is '${version}' of ${artifactPrn}`,
  );
}
