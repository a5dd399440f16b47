import { compareVersions, parseRequirement, parseVersion, satisfies } from "@open-peridio/contract/elixir-version";
import { type OfferedRelease, Refusal } from "./offer.ts";
import type { DeviceState } from "./state.ts";

/**
 * Refuses to go back, unless the release says that this is meant: its requirement admits the version that the device
 * runs, but not its own. `version: 1.5.0` with `>= 2.0.0` is for devices on 2.0.0 and nobody else; `>= 1.0.0` may just as
 * well be the 1.5.0 of a year ago, played back. A bundle override names this device, so it may go anywhere.
 * @throws Refusal
 */
export function refuseDowngrade(
  release: OfferedRelease | null,
  { running, release_version, superseded }: Pick<DeviceState, "running" | "release_version" | "superseded">,
): void {
  if (release === null) return;
  if (release.prn !== running?.release_prn && superseded.includes(release.prn)) {
    throw new Refusal(`${release.prn} was left for a newer release before; going back takes a release of its own`);
  }
  const present = release_version === null ? null : parseVersion(release_version);
  const offered = release.version === null ? null : parseVersion(release.version);
  if (release.version !== null && offered === null) throw new Refusal(`'${release.version}' is no version`);
  if (present === null || offered === null || compareVersions(offered, present) >= 0) return;
  const requirement = release.version_requirement === null ? null : parseRequirement(release.version_requirement);
  if (requirement !== null && satisfies(present, requirement) && !satisfies(offered, requirement)) return;
  throw new Refusal(
    `${release.version} is older than ${release_version}, which this device ran; a downgrade takes a release whose version requirement admits ${release_version} but not ${release.version}`,
  );
}
