import { type Binary, bodyOf, type Client, call } from "@open-peridio/sdk/node";
import type { Options } from "../command.ts";
import { usage } from "../exit.ts";
import { tell } from "../output.ts";
import { checkPrn } from "../prn.ts";
import { text } from "../values.ts";

/** Where a new binary goes at once: to an override, to one device, or to a cohort. */
export interface Destination {
  kind: "override" | "device" | "cohort";
  prn: string;
}

/** @throws Failure 2 when several are given, or one that is no such PRN */
export function readDestination(options: Options): Destination | null {
  const given = (
    [
      ["override", "bundle_override", "bundleOverridePrn", "--bundle-override-prn"],
      ["device", "device", "devicePrn", "--device-prn"],
      ["cohort", "cohort", "cohortPrn", "--cohort-prn"],
    ] as const
  ).filter(([, , option]) => options[option] !== undefined);
  if (given.length > 1) throw usage(`give only one of ${given.map(([, , , flag]) => flag).join(", ")}`);
  const [one] = given;
  if (!one) return null;
  const [kind, type, option, flag] = one;
  return { kind, prn: checkPrn(text(options, option) ?? "", type, flag) };
}

/** As the official CLI: a bundle of the binary's version, named ARTIFACT@VERSION/TARGET, and what brings it there. */
export async function distribute(client: Client, binary: Binary, { kind, prn }: Destination): Promise<void> {
  const bundle = await bundleOf(client, binary);
  tell(`The bundle is ${bundle.prn}.`);
  const post = async (path: string, body: object) =>
    Object.values((await call(client, "POST", path, { body })) as Record<string, { prn: string }>)[0]!;
  const now = new Date().toISOString();
  if (kind === "override") {
    await call(client, "PATCH", `/bundle_overrides/${prn}`, { body: { prn, bundle_prn: bundle.prn } });
    tell(`The override ${prn} has it now.`);
  } else if (kind === "device") {
    const override = await post("/bundle_overrides", {
      name: bundle.name,
      bundle_prn: bundle.prn,
      starts_at: now,
      description: `Auto-created bundle override for bundle ${bundle.prn}`,
    });
    await call(client, "POST", `/bundle_overrides/${override.prn}/devices`, { body: { device_prn: prn } });
    tell(`The override ${override.prn} brings it to the device.`);
  } else {
    const release = await post("/releases", {
      bundle_prn: bundle.prn,
      cohort_prn: prn,
      description: null,
      name: bundle.name,
      phase_value: 1.0,
      required: false,
      schedule_date: now,
      version: null,
      version_requirement: null,
    });
    tell(`The release ${release.prn} brings it to the cohort.`);
  }
}

async function bundleOf(client: Client, binary: Binary): Promise<{ prn: string; name: string }> {
  const versionPrn = binary.artifact_version_prn;
  const { artifact_version: version } = await bodyOf(
    client.api.GET("/artifact_versions/{prn}", { params: { path: { prn: versionPrn } } }),
  );
  const { artifact } = await bodyOf(
    client.api.GET("/artifacts/{prn}", { params: { path: { prn: version.artifact_prn } } }),
  );
  const name = `${artifact.name}@${version.version}/${binary.target}`;
  const body =
    client.headers["x-api-version"] === "1"
      ? { artifact_version_prns: [versionPrn], name }
      : { binaries: [{ prn: versionPrn, custom_metadata: null }], name };
  const { bundle } = (await call(client, "POST", "/bundles", { body })) as { bundle: { prn: string } };
  return { prn: bundle.prn, name };
}
