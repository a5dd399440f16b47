import type { Api } from "../api.ts";
import { made, makeRelease } from "./device.ts";

export interface SmallFleet {
  product: string;
  cohort: string;
  /** The newest release of three, with a hotfix beside the first. */
  release: string;
  device: string;
  override: string;
}

/** A cohort with a channel, devices at several places in it, and an override: enough to see on every page of the fleet. */
export async function makeSmallFleet(api: Api, bundle: string): Promise<SmallFleet> {
  const product = (await made(api, "/products", { name: "camera" })).prn;
  const cohort = (await made(api, "/cohorts", { name: "production", product_prn: product })).prn;
  const release = (name: string, more: object = {}) =>
    makeRelease(api, cohort, bundle, { name, version: name, ...more });
  const first = await release("1.0.0");
  const second = await release("1.1.0", { required: true });
  await release("1.0.1", { name: "1.0.1-hotfix", next_release_prn: second.prn });
  const third = await release("2.0.0", { failure_share: 0.05, version_requirement: "~> 1.1" });
  const devices: string[] = [];
  for (let number = 0; number < 12; number++) {
    const tags = number % 3 === 0 ? ["beta"] : null;
    const of = { identifier: `SN-${1000 + number}`, product_prn: product, cohort_prn: cohort, tags };
    const { prn } = await made(api, "/devices", of);
    devices.push(prn);
    if (number % 4 === 0) continue;
    const at = number % 2 === 0 ? third : first;
    const said = { release_prn: at.prn, release_version: at.version, write: true };
    await api("POST", `/devices/${prn}/update`, said);
  }
  const trial = { name: "trial", bundle_prn: bundle, starts_at: "2026-01-01T00:00:00Z" };
  const override = (await made(api, "/bundle_overrides", trial)).prn;
  await api("POST", `/bundle_overrides/${override}/devices`, { device_prn: devices[0] });
  return { product, cohort, release: third.prn, device: devices[0]!, override };
}
