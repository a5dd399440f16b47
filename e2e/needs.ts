import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Programs that tests use and npm doesn't bring, and the tests that use them. `.ci/run` installs the programs. Where
 * one is missing, its tests are left out and named at the end; in CI that is a failure.
 */
const needs: Record<string, string[]> = {
  bash: [
    "e2e/bundle-archives-by-programs.test.ts",
    "e2e/deploy-nginx.test.ts",
    "e2e/origins.test.ts",
    "e2e/seed.test.ts",
    "server/src/webhooks/signature.test.ts",
  ],
  chromium: [
    "e2e/browser.test.ts",
    "e2e/browser-cors.test.ts",
    "e2e/console-administration.test.ts",
    "e2e/console-fleet.test.ts",
    "e2e/console-journeys.test.ts",
    "e2e/console-upload.test.ts",
    "e2e/edge.test.ts",
  ],
  cpio: ["e2e/bundle-archives-by-programs.test.ts", "sdk/src/node/archive/programs.test.ts"],
  curl: [
    "e2e/bad-input.test.ts",
    "e2e/download.test.ts",
    "e2e/seed.test.ts",
    "server/src/delivery/send-content.test.ts",
  ],
  helm: ["e2e/deploy-helm.test.ts"],
  nginx: ["e2e/deploy-nginx.test.ts", "e2e/faults.test.ts", "e2e/origins.test.ts"],
  openssl: [
    "cli/src/config/config.test.ts",
    "cli/src/x509/x509.test.ts",
    "e2e/bundle-signatures.test.ts",
    "e2e/certificates.test.ts",
    "e2e/console-administration.test.ts",
    "e2e/cli-fleet.test.ts",
    "e2e/console-fleet.test.ts",
    "e2e/deploy-nginx.test.ts",
    "e2e/edge.test.ts",
    "e2e/faults.test.ts",
    "e2e/fixtures.test.ts",
    "e2e/origins.test.ts",
    "e2e/permissions.test.ts",
    "e2e/reference-device.test.ts",
    "e2e/rollout.test.ts",
    "e2e/seed.test.ts",
    "e2e/signatures.test.ts",
    "e2e/slow-tls.test.ts",
    "e2e/webhooks.test.ts",
    "sdk/src/node/device/trust.test.ts",
    "sdk/src/node/signing.test.ts",
    "sdk/src/node/transport.test.ts",
    "server/src/delivery/origins/foreign-links.test.ts",
    "server/src/distribution/fleet/devices.test.ts",
    "server/src/distribution/fleet/provision.test.ts",
    "server/src/signing/public-key.test.ts",
    "server/src/signing/verify.test.ts",
    "server/src/webhooks/signature.test.ts",
  ],
  strace: ["e2e/deploy-systemd.test.ts", "e2e/kill.test.ts"],
  "systemd-analyze": ["e2e/deploy-systemd.test.ts"],
  versitygw: [
    "e2e/console-administration.test.ts",
    "e2e/delta-moves.test.ts",
    "e2e/backup.test.ts",
    "e2e/faults.test.ts",
    "e2e/forgotten-uploads.test.ts",
    "e2e/fsck.test.ts",
    "e2e/origins.test.ts",
    "e2e/replicas.test.ts",
    "e2e/shared-content.test.ts",
    "e2e/shared-content-moves.test.ts",
    "e2e/storage-classes.test.ts",
    "e2e/stores.test.ts",
    "server/src/content/s3/classes.test.ts",
    "server/src/content/stores.test.ts",
  ],
  xdelta3: ["e2e/deltas.test.ts", "e2e/delta-devices.test.ts", "sdk/src/node/device/deltas.test.ts"],
  zstd: [
    "e2e/delta-moves.test.ts",
    "e2e/shared-content-moves.test.ts",
    "e2e/bundle-archives-by-programs.test.ts",
    "e2e/deltas.test.ts",
    "e2e/delta-devices.test.ts",
    "sdk/src/node/device/deltas.test.ts",
    "sdk/src/node/archive/programs.test.ts",
  ],
};

/** Where a program is; null when it isn't installed. */
export function pathOf(program: string): string | null {
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(directory, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this directory.
    }
  }
  return null;
}

/** Programs that are missing. */
export function missingPrograms(): string[] {
  return Object.keys(needs).filter((program) => pathOf(program) === null);
}

/** Test files that can't run without them. */
export function testsLeftOut(): string[] {
  return [...new Set(missingPrograms().flatMap((program) => needs[program] ?? []))];
}
