import { PrnParams } from "../schemas/common.ts";
import { CreateDeltas, CreatedDeltas, Delta } from "../schemas/delta.ts";
import { getOperation, listOperation, operation } from "./operation.ts";

const tag = "Deltas";

const deltas = { singular: "delta", plural: "deltas", noun: "a delta", tag, shape: Delta } as const;

export const listDeltas = listOperation(deltas);
export const getDelta = getOperation(deltas);

export const createDeltas = operation({
  id: "create-deltas",
  method: "POST",
  path: "/deltas",
  tag,
  summary: "Make deltas from one binary to another",
  description:
    "In the background, one for each algorithm; both binaries must be signed, and of the same artifact and target. Those " +
    "that are there already are answered as they are; one that failed is tried again. 503 when the server has none of the " +
    "programs.",
  body: CreateDeltas,
  status: 201,
  response: CreatedDeltas,
});

export const deleteDelta = operation({
  id: "delete-a-delta",
  method: "DELETE",
  path: "/deltas/:prn",
  tag,
  summary: "Delete a delta",
  description: "Devices that were offered it fetch the whole.",
  params: PrnParams,
  status: 204,
  response: null,
});
