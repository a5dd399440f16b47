import { Type } from "typebox";
import { listOf, PrnParams } from "../schemas/common.ts";
import {
  CaCertificate,
  Cohort,
  CreateCaCertificate,
  CreateCohort,
  CreateDevice,
  CreateDeviceCertificate,
  CreateProduct,
  Device,
  DeviceCertificate,
  Product,
  UpdateCaCertificate,
  UpdateCohort,
  UpdateDevice,
  UpdateProduct,
} from "../schemas/fleet.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const products = "Products";
const cohorts = "Cohorts";
const devices = "Devices";
const certificates = "Device Certificates";
const authorities = "CA Certificates";

const product = { singular: "product", plural: "products", noun: "a product", tag: products, shape: Product } as const;

export const listProducts = listOperation(product);
export const getProduct = getOperation(product);

export const createProduct = operation({
  id: "create-a-product",
  method: "POST",
  path: "/products",
  tag: products,
  summary: "Create a product",
  body: CreateProduct,
  status: 201,
  response: oneOf("product", Product),
});

export const updateProduct = operation({
  id: "update-a-product",
  method: "PATCH",
  path: "/products/:prn",
  tag: products,
  summary: "Update a product",
  description: "`archived` is refused while it has devices.",
  params: PrnParams,
  body: UpdateProduct,
  status: 200,
  response: oneOf("product", Product),
});

const cohort = { singular: "cohort", plural: "cohorts", noun: "a cohort", tag: cohorts, shape: Cohort } as const;

export const listCohorts = listOperation(cohort);
export const getCohort = getOperation(cohort);

export const createCohort = operation({
  id: "create-a-cohort",
  method: "POST",
  path: "/cohorts",
  tag: cohorts,
  summary: "Create a cohort",
  description: "Devices that get the same releases.",
  body: CreateCohort,
  status: 201,
  response: oneOf("cohort", Cohort),
});

export const updateCohort = operation({
  id: "update-a-cohort",
  method: "PATCH",
  path: "/cohorts/:prn",
  tag: cohorts,
  summary: "Update a cohort",
  params: PrnParams,
  body: UpdateCohort,
  status: 200,
  response: oneOf("cohort", Cohort),
});

const device = { singular: "device", plural: "devices", noun: "a device", tag: devices, shape: Device } as const;

export const listDevices = listOperation(device);
export const getDevice = getOperation(device);

export const createDevice = operation({
  id: "create-a-device",
  method: "POST",
  path: "/devices",
  tag: devices,
  summary: "Create a device",
  body: CreateDevice,
  status: 201,
  response: oneOf("device", Device),
});

export const updateDevice = operation({
  id: "update-a-device",
  method: "PATCH",
  path: "/devices/:prn",
  tag: devices,
  summary: "Update a device",
  params: PrnParams,
  body: UpdateDevice,
  status: 200,
  response: oneOf("device", Device),
});

export const deleteDevice = operation({
  id: "delete-a-device",
  method: "DELETE",
  path: "/devices/:prn",
  tag: devices,
  summary: "Delete a device",
  description: "Its certificates go with it.",
  params: PrnParams,
  status: 204,
  response: null,
});

const certificate = {
  singular: "device_certificate",
  plural: "device_certificates",
  noun: "a device certificate",
  tag: certificates,
  shape: DeviceCertificate,
} as const;

/** The official SDK can't parse a null `next_page` here, and here alone: the last page has an empty one. */
export const listDeviceCertificates = operation({
  ...listOperation(certificate),
  response: Type.Object({ ...listOf("device_certificates", DeviceCertificate).properties, next_page: Type.String() }),
});
export const getDeviceCertificate = getOperation(certificate);

export const createDeviceCertificate = operation({
  id: "create-a-device-certificate",
  method: "POST",
  path: "/device_certificates",
  tag: certificates,
  summary: "Register a certificate of a device",
  description: "The device API then takes whoever holds its key for that device, also after it expired.",
  body: CreateDeviceCertificate,
  status: 201,
  response: oneOf("device_certificate", DeviceCertificate),
});

export const deleteDeviceCertificate = operation({
  id: "delete-a-device-certificate",
  method: "DELETE",
  path: "/device_certificates/:prn",
  tag: certificates,
  summary: "Delete a device certificate",
  description: "The device API knows it no more.",
  params: PrnParams,
  status: 204,
  response: null,
});

const authority = {
  singular: "ca_certificate",
  plural: "ca_certificates",
  noun: "a CA certificate",
  tag: authorities,
  shape: CaCertificate,
} as const;

export const listCaCertificates = listOperation(authority);
export const getCaCertificate = getOperation(authority);

export const createCaCertificate = operation({
  id: "create-a-ca-certificate",
  method: "POST",
  path: "/ca_certificates",
  tag: authorities,
  summary: "Register a certificate authority",
  description:
    "`verification_certificate` is signed by it and has a verification code for its common name, which proves that its private key is yours.",
  body: CreateCaCertificate,
  status: 201,
  response: oneOf("ca_certificate", CaCertificate),
});

export const updateCaCertificate = operation({
  id: "update-a-ca-certificate",
  method: "PATCH",
  path: "/ca_certificates/:prn",
  tag: authorities,
  summary: "Update a CA certificate",
  params: PrnParams,
  body: UpdateCaCertificate,
  status: 200,
  response: oneOf("ca_certificate", CaCertificate),
});

/** The official document says PUT where the official clients send PATCH. */
export const replaceCaCertificate = operation({
  ...updateCaCertificate,
  id: "put-a-ca-certificate",
  method: "PUT",
});

export const deleteCaCertificate = operation({
  id: "delete-a-ca-certificate",
  method: "DELETE",
  path: "/ca_certificates/:prn",
  tag: authorities,
  summary: "Delete a CA certificate",
  description: "Devices that came by it stay.",
  params: PrnParams,
  status: 204,
  response: null,
});

export const createVerificationCode = operation({
  id: "create-a-ca-verification-code",
  method: "POST",
  path: "/ca_certificates/verification_codes",
  tag: authorities,
  summary: "Make a verification code",
  description: "It is good for a week, and for one registration.",
  status: 201,
  response: Type.Object({ verification_code: Type.String() }),
});
