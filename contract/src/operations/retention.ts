import { PrnParams } from "../schemas/common.ts";
import {
  RetentionPlan,
  RetentionPlanQuery,
  RetentionRule,
  RetentionRun,
  SetRetentionRule,
} from "../schemas/retention.ts";
import { oneOf, operation } from "./operation.ts";

const tag = "Retention";
const path = "/artifacts/:prn/retention";

export const getRetentionRule = operation({
  id: "retrieve-a-retention-rule",
  method: "GET",
  path,
  tag,
  summary: "Retrieve the retention rule of an artifact",
  params: PrnParams,
  status: 200,
  response: oneOf("retention_rule", RetentionRule),
});

export const setRetentionRule = operation({
  id: "set-a-retention-rule",
  method: "PUT",
  path,
  tag,
  summary: "Set the retention rule of an artifact",
  description:
    "In the place of the one before. `keep_last` or `keep_days` is needed. While it isn't `enabled` it is only applied on demand.",
  params: PrnParams,
  body: SetRetentionRule,
  status: 200,
  response: oneOf("retention_rule", RetentionRule),
});

export const removeRetentionRule = operation({
  id: "delete-a-retention-rule",
  method: "DELETE",
  path,
  tag,
  summary: "Delete the retention rule of an artifact",
  params: PrnParams,
  status: 204,
  response: null,
});

export const getRetentionPlan = operation({
  id: "retrieve-a-retention-plan",
  method: "GET",
  path: `${path}/plan`,
  tag,
  summary: "Show what a retention rule would do now",
  description:
    "Every verified binary of the artifact, newest first, what becomes of it, and why it is kept. Nothing is changed.",
  params: PrnParams,
  querystring: RetentionPlanQuery,
  status: 200,
  response: RetentionPlan,
});

export const applyRetentionRule = operation({
  id: "apply-a-retention-rule",
  method: "POST",
  path: `${path}/apply`,
  tag,
  summary: "Do what a retention rule says, a hundred binaries at a time",
  description: "Also of a rule that isn't enabled. The oldest go first; `more` says whether to call it again.",
  params: PrnParams,
  status: 200,
  response: oneOf("retention_run", RetentionRun),
});
