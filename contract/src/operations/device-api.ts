import { Type } from "typebox";
import { PrnParams } from "../schemas/common.ts";
import {
  DeviceMe,
  DeviceReport,
  DeviceUpdate,
  ExpandedUpdate,
  ExpandQuery,
  LegacyDeviceUpdate,
  ResolveDeviceUpdate,
} from "../schemas/device-api.ts";
import { operation } from "./operation.ts";

const tag = "Device API";

export const resolveDeviceUpdate = operation({
  id: "devices-get-update",
  method: "POST",
  path: "/devices/:prn/update",
  tag: "Devices",
  summary: "What should this device run?",
  description: "As the device itself would be told.",
  params: PrnParams,
  body: ResolveDeviceUpdate,
  status: 200,
  response: DeviceUpdate,
});

export const getDeviceMe = operation({
  id: "get-device-me",
  method: "GET",
  path: "/device/me",
  tag: tag,
  summary: "Which device am I?",
  description: "Expandable: `cohort`, `manifest` (of the bundle that it reports).",
  querystring: ExpandQuery,
  status: 200,
  response: DeviceMe,
});

export const getUpdate = operation({
  id: "get-update",
  method: "GET",
  path: "/update",
  tag: tag,
  summary: "What should I run?",
  description:
    "Only `status` unless more is asked for by `expand[]`: `source_type`, `cohort`, `release`, `bundle`, `bundle_override`, `manifest`. The headers `peridio-release-prn`, `peridio-bundle-prn` and `peridio-release-version` say what the device runs now. `peridio-holds` names content that it holds, by SHA-256: it is offered `deltas` that begin there, of the algorithms in `peridio-delta-algorithms` when that is sent. `If-None-Match` with the `ETag` of an earlier answer is answered with 304 while that answer is still good, its links included.",
  querystring: ExpandQuery,
  status: 200,
  response: ExpandedUpdate,
});

export const reportUpdate = operation({
  id: "report-update",
  method: "POST",
  path: "/update/report",
  tag: tag,
  summary: "Report how an update goes",
  description: "Official agents don't: of those a release is done when they say that they run it.",
  body: DeviceReport,
  status: 200,
  response: Type.Object({
    recorded: Type.Boolean({
      description: "False for a release that the device was never served, and for what came by an override.",
    }),
  }),
});

export const getLegacyDeviceUpdate = operation({
  id: "get-device-update",
  method: "GET",
  path: "/device/update",
  tag: tag,
  summary: "For agents of legacy deployments",
  description: "There are none, so there is never an update.",
  status: 200,
  response: LegacyDeviceUpdate,
});

export const listDeviceTunnels = operation({
  id: "list-device-tunnels",
  method: "GET",
  path: "/tunnels",
  tag: tag,
  summary: "For agents that look for tunnels",
  description: "There are none.",
  status: 200,
  response: Type.Object({ tunnels: Type.Array(Type.Unknown()), next_page: Type.Null() }),
});
