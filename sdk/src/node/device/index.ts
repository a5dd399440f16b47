/** A device: asks what to run, brings it, proves it, installs it, and goes back when it isn't well. */
export type { DeviceEvent, DeviceEventName, DeviceOptions } from "./device.ts";
export { deviceDefaults, type Outcome, runDevice, runDeviceOnce } from "./run.ts";
export { type DeviceState, readState } from "./state.ts";
export { makeTrust, parseTrustedKeys, type Trust, type TrustedKey } from "./trust.ts";
