import { Type } from "typebox";
import { ContentCheck } from "../schemas/content-check.ts";
import { operation } from "./operation.ts";

export const listContentChecks = operation({
  id: "list-content-checks",
  method: "GET",
  path: "/content_checks",
  tag: "Content Stores",
  summary: "When all content was last compared with its records",
  description:
    "For the whole server; `quarantined_binaries` is the caller's own, which `GET /binaries` finds by `quarantined:true`.",
  status: 200,
  response: Type.Object({ content_checks: Type.Array(ContentCheck), quarantined_binaries: Type.Integer() }),
});
