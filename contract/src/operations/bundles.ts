import { Type } from "typebox";
import {
  AddOverriddenDevice,
  BinaryUsage,
  Bundle,
  BundleOverride,
  BundleSignature,
  CreateBundle,
  CreateBundleOverride,
  CreateBundleSignature,
  OverriddenDevice,
  OverriddenDeviceParams,
  UpdateBundle,
  UpdateBundleOverride,
} from "../schemas/bundle.ts";
import { ListQuery, listOf, Prn, PrnParams } from "../schemas/common.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const tag = "Bundles";
const signatures = "Bundle Signatures";
const overrides = "Bundle Overrides";

const bundle = { singular: "bundle", plural: "bundles", noun: "a bundle", tag: tag, shape: Bundle } as const;

export const listBundles = listOperation(bundle);
export const getBundle = getOperation(bundle);

export const createBundle = operation({
  id: "create-a-bundle",
  method: "POST",
  path: "/bundles",
  tag: tag,
  summary: "Create a bundle",
  description:
    "Signed binaries only, in their order, for good. The same bundle again is the same one, unless `id` is given.",
  body: CreateBundle,
  status: 201,
  response: oneOf("bundle", Bundle),
});

export const updateBundle = operation({
  id: "update-a-bundle",
  method: "PATCH",
  path: "/bundles/:prn",
  tag: tag,
  summary: "Rename a bundle",
  description: "All else of it is immutable.",
  params: PrnParams,
  body: UpdateBundle,
  status: 200,
  response: oneOf("bundle", Bundle),
});

export const deleteBundle = operation({
  id: "delete-a-bundle",
  method: "DELETE",
  path: "/bundles/:prn",
  tag: tag,
  summary: "Delete a bundle",
  description: "Only while no release and no override uses it; otherwise 409.",
  params: PrnParams,
  status: 204,
  response: null,
});

export const listSignaturesOfBundle = operation({
  id: "list-bundle-signatures-of-a-bundle",
  method: "GET",
  path: "/bundles/:prn/signatures",
  tag: tag,
  summary: "List the signatures of a bundle",
  params: PrnParams,
  status: 200,
  response: Type.Object({
    signatures: Type.Array(Type.Object({ signature: Type.String(), signing_key_prn: Prn, keyid: Type.String() })),
  }),
});

export const getBinaryUsage = operation({
  id: "retrieve-binary-usage",
  method: "GET",
  path: "/binaries/:prn/usage",
  tag: "Binaries",
  summary: "What uses a binary?",
  description:
    "Bundles, releases and overrides that hold it, and how many devices they reach: to be looked at before it is destroyed.",
  params: PrnParams,
  status: 200,
  response: oneOf("usage", BinaryUsage),
});

const bundleSignature = {
  singular: "bundle_signature",
  plural: "bundle_signatures",
  noun: "a bundle signature",
  tag: signatures,
  shape: BundleSignature,
} as const;

export const listBundleSignatures = listOperation(bundleSignature);
export const getBundleSignature = getOperation(bundleSignature);

export const createBundleSignature = operation({
  id: "create-a-bundle-signature",
  method: "POST",
  path: "/bundle_signatures",
  tag: signatures,
  summary: "Attach a signature to a bundle",
  description:
    "Verified over the bundle's `hash`: its 64 characters, or its 32 bytes. RSA and ECDSA keys sign the characters, or " +
    "take the hash for the digest.",
  body: CreateBundleSignature,
  status: 201,
  response: oneOf("bundle_signature", BundleSignature),
});

export const deleteBundleSignature = operation({
  id: "delete-a-bundle-signature",
  method: "DELETE",
  path: "/bundle_signatures/:prn",
  tag: signatures,
  summary: "Delete a bundle signature",
  params: PrnParams,
  status: 204,
  response: null,
});

const bundleOverride = {
  singular: "bundle_override",
  plural: "bundle_overrides",
  noun: "a bundle override",
  tag: overrides,
  shape: BundleOverride,
} as const;

export const listBundleOverrides = listOperation(bundleOverride);
export const getBundleOverride = getOperation(bundleOverride);

export const createBundleOverride = operation({
  id: "create-a-bundle-override",
  method: "POST",
  path: "/bundle_overrides",
  tag: overrides,
  summary: "Create a bundle override",
  description: "Between `starts_at` and `ends_at` its devices get this bundle, whatever their cohort's releases say.",
  body: CreateBundleOverride,
  status: 201,
  response: oneOf("bundle_override", BundleOverride),
});

export const updateBundleOverride = operation({
  id: "update-a-bundle-override",
  method: "PATCH",
  path: "/bundle_overrides/:prn",
  tag: overrides,
  summary: "Update a bundle override",
  params: PrnParams,
  body: UpdateBundleOverride,
  status: 200,
  response: oneOf("bundle_override", BundleOverride),
});

export const deleteBundleOverride = operation({
  id: "delete-a-bundle-override",
  method: "DELETE",
  path: "/bundle_overrides/:prn",
  tag: overrides,
  summary: "Delete a bundle override",
  params: PrnParams,
  status: 204,
  response: null,
});

const { search: _, ...pageOnly } = ListQuery.properties;

export const listOverriddenDevices = operation({
  id: "list-bundle-override-devices",
  method: "GET",
  path: "/bundle_overrides/:prn/devices",
  tag: overrides,
  summary: "List the devices of a bundle override",
  params: PrnParams,
  querystring: Type.Object(pageOnly),
  status: 200,
  response: listOf("devices", OverriddenDevice),
});

export const addOverriddenDevice = operation({
  id: "add-a-device-to-a-bundle-override",
  method: "POST",
  path: "/bundle_overrides/:prn/devices",
  tag: overrides,
  summary: "Add a device to a bundle override",
  description: "One that is there already stays as it is.",
  params: PrnParams,
  body: AddOverriddenDevice,
  status: 201,
  response: oneOf("device", OverriddenDevice),
});

/** 200 with `{}`: the official CLI aborts on a 204 here. */
export const removeOverriddenDevice = operation({
  id: "remove-a-device-from-a-bundle-override",
  method: "DELETE",
  path: "/bundle_overrides/:prn/devices/:device_prn",
  tag: overrides,
  summary: "Remove a device from a bundle override",
  params: OverriddenDeviceParams,
  status: 200,
  response: Type.Object({}),
});
