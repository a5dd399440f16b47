import { Type } from "typebox";
import { ApiKey, CreateApiKey, CreatedApiKey, RotateApiKey, UpdateApiKey } from "../schemas/api-key.ts";
import { PrnParams } from "../schemas/common.ts";
import { Me, Organization, UpdateOrganization, Usage } from "../schemas/organization.ts";
import { Overview } from "../schemas/overview.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

export const getMe = operation({
  id: "get-user-me",
  method: "GET",
  path: "/users/me",
  tag: "Users",
  summary: "Who am I?",
  status: 200,
  response: Type.Object({ data: Me }),
});

export const getOrganization = operation({
  id: "retrieve-an-organization",
  method: "GET",
  path: "/organizations/:prn",
  tag: "Organizations",
  summary: "Retrieve an organization",
  params: PrnParams,
  status: 200,
  response: oneOf("organization", Organization),
});

export const updateOrganization = operation({
  id: "update-an-organization",
  method: "PATCH",
  path: "/organizations/:prn",
  tag: "Organizations",
  summary: "Update an organization",
  params: PrnParams,
  body: UpdateOrganization,
  status: 200,
  response: oneOf("organization", Organization),
});

export const getUsage = operation({
  id: "retrieve-usage",
  method: "GET",
  path: "/usage",
  tag: "Organizations",
  summary: "What the organization uses, and what it may use",
  status: 200,
  response: oneOf("usage", Usage),
});

export const getOverview = operation({
  id: "retrieve-overview",
  method: "GET",
  path: "/overview",
  tag: "Organizations",
  summary: "What the organization has, and what happens there",
  description: "`devices`, `releases` and `events` are there for who may read these.",
  status: 200,
  response: oneOf("overview", Overview),
});

const apiKeys = {
  singular: "api_key",
  plural: "api_keys",
  noun: "an api key",
  tag: "API Keys",
  shape: ApiKey,
} as const;

export const listApiKeys = listOperation(apiKeys);
export const getApiKey = getOperation(apiKeys);

export const createApiKey = operation({
  id: "create-an-api-key",
  method: "POST",
  path: "/api_keys",
  tag: "API Keys",
  summary: "Create an API key",
  description: "The answer is the only place where the key's value is ever shown.",
  body: CreateApiKey,
  status: 201,
  response: oneOf("api_key", CreatedApiKey),
});

export const updateApiKey = operation({
  id: "update-an-api-key",
  method: "PATCH",
  path: "/api_keys/:prn",
  tag: "API Keys",
  summary: "Rename or revoke an API key",
  params: PrnParams,
  body: UpdateApiKey,
  status: 200,
  response: oneOf("api_key", ApiKey),
});

export const deleteApiKey = operation({
  id: "delete-an-api-key",
  method: "DELETE",
  path: "/api_keys/:prn",
  tag: "API Keys",
  summary: "Delete an API key",
  params: PrnParams,
  status: 204,
  response: null,
});

export const rotateApiKey = operation({
  id: "rotate-an-api-key",
  method: "POST",
  path: "/api_keys/:prn/rotate",
  tag: "API Keys",
  summary: "Give an API key a new value",
  description:
    "Name, scopes and PRN stay. The old value goes on for `overlap_seconds`, a day when left out. The answer is the " +
    "only place where the new value is ever shown.",
  params: PrnParams,
  body: RotateApiKey,
  bodyOptional: true,
  status: 200,
  response: oneOf("api_key", CreatedApiKey),
});
