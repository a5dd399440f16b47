import { PrnParams } from "../schemas/common.ts";
import {
  ContentMove,
  ContentMoveWithRest,
  ContentStore,
  CreateContentMove,
  CreateContentStore,
  DeleteContentStore,
  StoreTest,
  UpdateContentStore,
} from "../schemas/content-store.ts";
import { StorageFigures } from "../schemas/storage-figures.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const tag = "Content Stores";

const stores = {
  singular: "content_store",
  plural: "content_stores",
  noun: "a content store",
  tag,
  shape: ContentStore,
} as const;

export const listContentStores = listOperation(stores);
export const getContentStore = getOperation(stores);

export const createContentStore = operation({
  id: "create-a-content-store",
  method: "POST",
  path: "/content_stores",
  tag,
  summary: "Add a content store of your own",
  description: "Nothing is kept in it before it is active.",
  body: CreateContentStore,
  status: 201,
  response: oneOf("content_store", ContentStore),
});

export const updateContentStore = operation({
  id: "update-a-content-store",
  method: "PATCH",
  path: "/content_stores/:prn",
  tag,
  summary: "Update a content store",
  description: "New credentials are tested first. Its address stays: add another store, and move the content.",
  params: PrnParams,
  body: UpdateContentStore,
  status: 200,
  response: oneOf("content_store", ContentStore),
});

export const deleteContentStore = operation({
  id: "delete-a-content-store",
  method: "DELETE",
  path: "/content_stores/:prn",
  tag,
  summary: "Delete a content store",
  description: "Only when no content is kept there; what else is in the bucket stays as it is.",
  params: PrnParams,
  querystring: DeleteContentStore,
  status: 204,
  response: null,
});

export const testContentStore = operation({
  id: "test-a-content-store",
  method: "POST",
  path: "/content_stores/:prn/test",
  tag,
  summary: "Try all that a content store must do",
  description: "Uploads, reads, downloads and deletes an object, and says how each step went.",
  params: PrnParams,
  status: 200,
  response: oneOf("store_test", StoreTest),
});

export const activateContentStore = operation({
  id: "activate-a-content-store",
  method: "POST",
  path: "/content_stores/:prn/activate",
  tag,
  summary: "Keep new content in a content store",
  description:
    "It is tested first; 422 names the step that failed. The store that was active before keeps what it has.",
  params: PrnParams,
  status: 200,
  response: oneOf("content_store", ContentStore),
});

export const deactivateContentStore = operation({
  id: "deactivate-a-content-store",
  method: "POST",
  path: "/content_stores/:prn/deactivate",
  tag,
  summary: "Keep new content in the server's own store again",
  params: PrnParams,
  status: 200,
  response: oneOf("content_store", ContentStore),
});

const moves = {
  singular: "content_move",
  plural: "content_moves",
  noun: "a content move",
  tag,
  shape: ContentMove,
} as const;

export const listContentMoves = listOperation(moves);

export const getContentMove = operation({
  ...getOperation(moves),
  summary: "Retrieve a content move, and what is left to do",
  response: oneOf("content_move", ContentMoveWithRest),
});

export const createContentMove = operation({
  id: "create-a-content-move",
  method: "POST",
  path: "/content_moves",
  tag,
  summary: "Move content from one store to another",
  description:
    "In the background, one move of an organization at a time. Each binary is copied, compared, and only then read from " +
    "its new place; links that were handed out go on working.",
  body: CreateContentMove,
  status: 201,
  response: oneOf("content_move", ContentMove),
});

/** What can be asked of a move, and the state that it leads to. */
const change = <const W extends "pause" | "resume" | "cancel">(word: W, summary: string, description: string) =>
  operation({
    id: `${word}-a-content-move`,
    method: "POST",
    path: `/content_moves/:prn/${word}`,
    tag,
    summary,
    description,
    params: PrnParams,
    status: 200,
    response: oneOf("content_move", ContentMove),
  });

export const pauseContentMove = change("pause", "Pause a content move", "What is being copied is copied anew later.");
export const resumeContentMove = change("resume", "Go on with a content move", "With one that is paused.");
export const cancelContentMove = change("cancel", "End a content move", "What was moved stays where it is now.");

export const getStorageFigures = operation({
  id: "retrieve-storage-figures",
  method: "GET",
  path: "/storage_figures",
  tag,
  summary: "What is kept in which store",
  description: "Counted when somebody asks; with many binaries the figures may be some minutes old: see `as_of`.",
  status: 200,
  response: oneOf("storage_figures", StorageFigures),
});
