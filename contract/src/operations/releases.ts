import { PrnParams } from "../schemas/common.ts";
import {
  CreateRelease,
  PreviewRelease,
  Release,
  ReleaseClaim,
  ReleasePreview,
  Rollout,
  UpdateRelease,
} from "../schemas/release.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const tag = "Releases";

const release = { singular: "release", plural: "releases", noun: "a release", tag: tag, shape: Release } as const;

export const listReleases = listOperation(release);
export const getRelease = getOperation(release);

export const createRelease = operation({
  id: "create-a-release",
  method: "POST",
  path: "/releases",
  tag: tag,
  summary: "Create a release",
  description: "Puts a bundle before the devices of a cohort, as the newest of its releases or in between.",
  body: CreateRelease,
  status: 201,
  response: oneOf("release", Release),
});

export const previewRelease = operation({
  id: "preview-a-release",
  method: "POST",
  path: "/releases/preview",
  tag: tag,
  summary: "Who would get a release?",
  description:
    "Takes what creating it takes, refuses what creating it would refuse, and makes nothing: by what each device of the " +
    "cohort reported last, it tells which would get it, and why others wouldn't.",
  body: PreviewRelease,
  status: 200,
  response: oneOf("preview", ReleasePreview),
});

export const updateRelease = operation({
  id: "update-a-release",
  method: "PATCH",
  path: "/releases/:prn",
  tag: tag,
  summary: "Update a release",
  description: "A `phase_value` of 1 can't change any more.",
  params: PrnParams,
  body: UpdateRelease,
  status: 200,
  response: oneOf("release", Release),
});

export const deleteRelease = operation({
  id: "delete-a-release",
  method: "DELETE",
  path: "/releases/:prn",
  tag: tag,
  summary: "Delete a release",
  description: "What pointed to it then points to its next one.",
  params: PrnParams,
  status: 204,
  response: null,
});

export const getRollout = operation({
  id: "retrieve-a-release-rollout",
  method: "GET",
  path: "/releases/:prn/rollout",
  tag: tag,
  summary: "How far has a release come?",
  params: PrnParams,
  status: 200,
  response: oneOf("rollout", Rollout),
});

export const pauseRelease = operation({
  id: "pause-a-release",
  method: "POST",
  path: "/releases/:prn/pause",
  tag: tag,
  summary: "Pause a release",
  description: "No further device gets it; those that have claimed it may finish.",
  params: PrnParams,
  status: 200,
  response: oneOf("release", Release),
});

export const resumeRelease = operation({
  id: "resume-a-release",
  method: "POST",
  path: "/releases/:prn/resume",
  tag: tag,
  summary: "Resume a paused or halted release",
  description: "Failures are counted anew from here.",
  params: PrnParams,
  status: 200,
  response: oneOf("release", Release),
});

const releaseClaim = {
  singular: "release_claim",
  plural: "release_claims",
  noun: "a release claim",
  tag: tag,
  shape: ReleaseClaim,
} as const;

export const listReleaseClaims = listOperation(releaseClaim);
export const getReleaseClaim = getOperation(releaseClaim);
