import { idOf, typeOf } from "./api/ids.ts";

/** Addresses of pages about one thing. */
export const paths = {
  artifact: (prn: string) => `/artifacts/${idOf(prn)}`,
  version: (prn: string) => `/versions/${idOf(prn)}`,
  binary: (prn: string) => `/binaries/${idOf(prn)}`,
  signingKey: (prn: string) => `/signing-keys/${idOf(prn)}`,
  bundle: (prn: string) => `/bundles/${idOf(prn)}`,
  release: (prn: string) => `/releases/${idOf(prn)}`,
  override: (prn: string) => `/overrides/${idOf(prn)}`,
  product: (prn: string) => `/products/${idOf(prn)}`,
  cohort: (prn: string) => `/cohorts/${idOf(prn)}`,
  device: (prn: string) => `/devices/${idOf(prn)}`,
  webhook: (prn: string) => `/webhooks/${idOf(prn)}`,
  authority: (prn: string) => `/authorities/${idOf(prn)}`,
  contentStore: (prn: string) => `/storage/${idOf(prn)}`,
};

const byType: Record<string, (prn: string) => string> = {
  artifact: paths.artifact,
  artifact_version: paths.version,
  binary: paths.binary,
  signing_key: paths.signingKey,
  bundle: paths.bundle,
  release: paths.release,
  bundle_override: paths.override,
  product: paths.product,
  cohort: paths.cohort,
  device: paths.device,
  webhook: paths.webhook,
  api_key: () => "/api-keys",
  ca_certificate: paths.authority,
  content_store: paths.contentStore,
  content_move: () => "/storage",
  invitation: () => "/people",
  org_user: () => "/people",
  user: () => "/people",
  organization: () => "/settings",
};

/** The page about what a PRN names; null where there is none. */
export function pathOf(prn: string): string | null {
  const type = typeOf(prn);
  return (type && byType[type]?.(prn)) ?? null;
}
