import {
  Artifact,
  ArtifactVersion,
  CreateArtifact,
  CreateArtifactVersion,
  UpdateArtifact,
  UpdateArtifactVersion,
} from "../schemas/artifact.ts";
import { PrnParams } from "../schemas/common.ts";
import { PlaceHold } from "../schemas/hold.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const artifacts = {
  singular: "artifact",
  plural: "artifacts",
  noun: "an artifact",
  tag: "Artifacts",
  shape: Artifact,
} as const;

export const listArtifacts = listOperation(artifacts);
export const getArtifact = getOperation(artifacts);

export const createArtifact = operation({
  id: "create-an-artifact",
  method: "POST",
  path: "/artifacts",
  tag: "Artifacts",
  summary: "Create an artifact",
  body: CreateArtifact,
  status: 201,
  response: oneOf("artifact", Artifact),
});

export const updateArtifact = operation({
  id: "update-an-artifact",
  method: "PATCH",
  path: "/artifacts/:prn",
  tag: "Artifacts",
  summary: "Update an artifact",
  params: PrnParams,
  body: UpdateArtifact,
  status: 200,
  response: oneOf("artifact", Artifact),
});

export const deleteArtifact = operation({
  id: "delete-an-artifact",
  method: "DELETE",
  path: "/artifacts/:prn",
  tag: "Artifacts",
  summary: "Delete an artifact",
  description: "Only while it has no versions; otherwise 409.",
  params: PrnParams,
  status: 204,
  response: null,
});

export const holdArtifact = operation({
  id: "hold-an-artifact",
  method: "POST",
  path: "/artifacts/:prn/hold",
  tag: "Artifacts",
  summary: "Hold all content of an artifact until a date",
  description: "Also what is added later. A hold can be prolonged, and neither shortened nor taken back.",
  params: PrnParams,
  body: PlaceHold,
  status: 200,
  response: oneOf("artifact", Artifact),
});

const artifactVersions = {
  singular: "artifact_version",
  plural: "artifact_versions",
  noun: "an artifact version",
  tag: "Artifact Versions",
  shape: ArtifactVersion,
} as const;

export const listArtifactVersions = listOperation(artifactVersions);
export const getArtifactVersion = getOperation(artifactVersions);

export const createArtifactVersion = operation({
  id: "create-an-artifact-version",
  method: "POST",
  path: "/artifact_versions",
  tag: "Artifact Versions",
  summary: "Create an artifact version",
  body: CreateArtifactVersion,
  status: 201,
  response: oneOf("artifact_version", ArtifactVersion),
});

export const updateArtifactVersion = operation({
  id: "update-an-artifact-version",
  method: "PATCH",
  path: "/artifact_versions/:prn",
  tag: "Artifact Versions",
  summary: "Update an artifact version",
  params: PrnParams,
  body: UpdateArtifactVersion,
  status: 200,
  response: oneOf("artifact_version", ArtifactVersion),
});

export const deleteArtifactVersion = operation({
  id: "delete-an-artifact-version",
  method: "DELETE",
  path: "/artifact_versions/:prn",
  tag: "Artifact Versions",
  summary: "Delete an artifact version",
  description: "Only while it has no binaries; otherwise 409.",
  params: PrnParams,
  status: 204,
  response: null,
});
