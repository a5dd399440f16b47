import { Type } from "typebox";
import { PrnParams } from "../schemas/common.ts";
import {
  BinarySignature,
  CreateBinarySignature,
  CreateSigningKey,
  SigningKey,
  UpdateSigningKey,
} from "../schemas/signing.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const signingKeys = {
  singular: "signing_key",
  plural: "signing_keys",
  noun: "a signing key",
  tag: "Signing Keys",
  shape: SigningKey,
} as const;

export const listSigningKeys = listOperation(signingKeys);
export const getSigningKey = getOperation(signingKeys);

export const createSigningKey = operation({
  id: "create-a-signing-key",
  method: "POST",
  path: "/signing_keys",
  tag: "Signing Keys",
  summary: "Register a public key",
  description: "Private keys never belong here: one that is sent is refused and not kept.",
  body: CreateSigningKey,
  status: 201,
  response: oneOf("signing_key", SigningKey),
});

export const updateSigningKey = operation({
  id: "update-a-signing-key",
  method: "PATCH",
  path: "/signing_keys/:prn",
  tag: "Signing Keys",
  summary: "Rename or revoke a signing key",
  description: "`value` may change only while the key has signed nothing.",
  params: PrnParams,
  body: UpdateSigningKey,
  status: 200,
  response: oneOf("signing_key", SigningKey),
});

export const deleteSigningKey = operation({
  id: "delete-a-signing-key",
  method: "DELETE",
  path: "/signing_keys/:prn",
  tag: "Signing Keys",
  summary: "Delete a signing key",
  description: "Only while it has signed nothing; otherwise 409. Revoke it instead.",
  params: PrnParams,
  status: 204,
  response: null,
});

const binarySignatures = {
  singular: "binary_signature",
  plural: "binary_signatures",
  noun: "a binary signature",
  tag: "Binary Signatures",
  shape: BinarySignature,
} as const;

export const listBinarySignatures = listOperation(binarySignatures);
export const getBinarySignature = getOperation(binarySignatures);

export const createBinarySignature = operation({
  id: "create-a-binary-signature",
  method: "POST",
  path: "/binary_signatures",
  tag: "Binary Signatures",
  summary: "Attach a signature to a binary",
  description: "Verified against the stored, verified content; the first valid one makes the binary `signed`.",
  body: CreateBinarySignature,
  status: 201,
  response: oneOf("binary_signature", BinarySignature),
});

/** 200 with `{}`: the official CLI aborts on a 204 here. */
export const deleteBinarySignature = operation({
  id: "delete-a-binary-signature",
  method: "DELETE",
  path: "/binary_signatures/:prn",
  tag: "Binary Signatures",
  summary: "Delete a binary signature",
  description: "Without its last signature a binary goes back to `signable`.",
  params: PrnParams,
  status: 200,
  response: Type.Object({}),
});
