import { Type } from "typebox";
import {
  Binary,
  BinaryPart,
  CreateBinary,
  DownloadLink,
  PartParams,
  PutBinaryPart,
  UpdateBinary,
  UploadableBinaryPart,
} from "../schemas/binary.ts";
import { NullableString, PrnParams } from "../schemas/common.ts";
import { PlaceHold } from "../schemas/hold.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const binaries = {
  singular: "binary",
  plural: "binaries",
  noun: "a binary",
  tag: "Binaries",
  shape: Binary,
} as const;

export const listBinaries = listOperation(binaries);
export const getBinary = getOperation(binaries);

export const createBinary = operation({
  id: "create-a-binary",
  method: "POST",
  path: "/binaries",
  tag: "Binaries",
  summary: "Create a binary",
  description:
    "Creates the record. `hash` and `size` may follow later; both are needed before `hashable`. With `reuse_content` and both " +
    "it is `signable` at once where the organization holds that content already.",
  body: CreateBinary,
  status: 201,
  response: oneOf("binary", Binary),
});

export const updateBinary = operation({
  id: "update-a-binary",
  method: "PATCH",
  path: "/binaries/:prn",
  tag: "Binaries",
  summary: "Update a binary",
  description: "A change of `hash` or `size` drops what was uploaded; so does `state: uploadable`.",
  params: PrnParams,
  body: UpdateBinary,
  status: 200,
  response: oneOf("binary", Binary),
});

export const deleteBinary = operation({
  id: "delete-a-binary",
  method: "DELETE",
  path: "/binaries/:prn",
  tag: "Binaries",
  summary: "Delete a binary",
  description: "Removes record and content, only while it isn't signed or destroyed; otherwise 409.",
  params: PrnParams,
  status: 204,
  response: null,
});

export const destroyBinary = operation({
  id: "destroy-a-binary",
  method: "POST",
  path: "/binaries/:prn/destroy",
  tag: "Binaries",
  summary: "Destroy a binary",
  description: "Deletes the content for good. The record and its history stay.",
  params: PrnParams,
  status: 200,
  response: oneOf("binary", Binary),
});

export const holdBinary = operation({
  id: "hold-a-binary",
  method: "POST",
  path: "/binaries/:prn/hold",
  tag: "Binaries",
  summary: "Hold the content of a binary until a date",
  description:
    "Nobody can destroy, reset or delete it before. A hold can be prolonged, and neither shortened nor taken back.",
  params: PrnParams,
  body: PlaceHold,
  status: 200,
  response: oneOf("binary", Binary),
});

export const getDownloadUrl = operation({
  id: "retrieve-a-binary-download-url",
  method: "GET",
  path: "/binaries/:prn/download_url",
  tag: "Binaries",
  summary: "Make a time-limited download link",
  description:
    "Only for content that is verified: `signable` or `signed`. `urls` has a link for each origin, in the order in which to " +
    "try them; `download_url` is the first. The headers `peridio-region` and `peridio-origins`, the names of origins with " +
    "the fastest first, change the order.",
  params: PrnParams,
  status: 200,
  response: Type.Object({ download_url: Type.String(), urls: Type.Array(DownloadLink) }),
});

/** The body is the content itself, so it isn't validated by a schema. */
export const putContent = operation({
  id: "upload-binary-content",
  method: "PUT",
  path: "/binaries/:prn/content",
  tag: "Binaries",
  summary: "Upload the whole content in one request",
  description:
    "Hashed while it streams; ends in `signable` when size and hash fit. `Content-Digest` and " +
    "`x-amz-checksum-sha256` are checked when they are sent.",
  params: PrnParams,
  status: 200,
  response: oneOf("binary", Binary),
});

export const putBinaryPart = operation({
  id: "create-a-binary-part",
  method: "PUT",
  path: "/binaries/:prn/parts/:index",
  tag: "Binary Parts",
  summary: "Create a binary part",
  description: "Answers with a link to which the bytes of the part are PUT. Repeating the call renews the link.",
  params: PartParams,
  body: PutBinaryPart,
  status: 201,
  response: oneOf("binary_part", UploadableBinaryPart),
});

export const listBinaryParts = operation({
  id: "list-binary-parts",
  method: "GET",
  path: "/binaries/:prn/parts",
  tag: "Binary Parts",
  summary: "List binary parts",
  description: "All parts in one answer, by index.",
  params: PrnParams,
  status: 200,
  response: Type.Object({ binary_parts: Type.Array(BinaryPart), next_page: NullableString }),
});
