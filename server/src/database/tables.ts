import type {
  ArchiveStep,
  AuditResult,
  BinaryState,
  CheckName,
  ClaimState,
  DeliveryState,
  DeltaAlgorithm,
  DeltaState,
  KeyAlgorithm,
  MoveState,
  PartState,
  PhaseMode,
  RetentionAction,
  Role,
  SignedMessage,
  StoreState,
  WebhookState,
} from "@open-peridio/contract";
import type { Generated } from "kysely";

/**
 * The tables, as both databases hold them. Every table of an organization's things starts its primary key with
 * `organization_id`, so no query can reach across. Times are ISO 8601 text in UTC with microseconds, which sorts by
 * time; JSON is text.
 */
export interface Tables {
  organizations: OrganizationRow;
  api_keys: ApiKeyRow;
  artifacts: ArtifactRow;
  retention_rules: RetentionRuleRow;
  artifact_versions: ArtifactVersionRow;
  binaries: BinaryRow;
  binary_metadata: BinaryMetadataRow;
  binary_parts: BinaryPartRow;
  signing_keys: SigningKeyRow;
  binary_signatures: BinarySignatureRow;
  events: EventRow & EventPlace;
  audit_logs: AuditLogRow;
  audit_heads: AuditHeadRow;
  audit_keys: AuditKeyRow;
  organization_usage: OrganizationUsageRow;
  binary_contributors: BinaryContributorRow;
  discarded_content: DiscardedContentRow;
  upload_watches: UploadWatchRow;
  content_checks: ContentCheckRow;
  content_stores: ContentStoreRow;
  content_moves: ContentMoveRow;
  content_copies: ContentCopyRow;
  link_keys: LinkKeyRow;
  users: UserRow;
  org_users: OrgUserRow;
  invitations: InvitationRow;
  user_sessions: UserSessionRow;
  sign_in_attempts: SignInAttemptRow;
  user_identities: UserIdentityRow;
  webhooks: WebhookRow;
  webhook_deliveries: WebhookDeliveryRow;
  webhook_attempts: WebhookAttemptRow;
  download_statistics: DownloadStatisticsRow;
  download_months: DownloadMonthRow;
  download_days: DownloadDayRow;
  download_sources: DownloadSourceRow;
  schema_compatibility: SchemaCompatibilityRow;
  leases: LeaseRow;
  products: ProductRow;
  cohorts: CohortRow;
  devices: DeviceRow;
  device_certificates: DeviceCertificateRow;
  ca_certificates: CaCertificateRow;
  verification_codes: VerificationCodeRow;
  bundles: BundleRow;
  bundle_binaries: BundleBinaryRow;
  bundle_signatures: BundleSignatureRow;
  bundle_overrides: BundleOverrideRow;
  bundle_override_devices: BundleOverrideDeviceRow;
  releases: ReleaseRow;
  release_claims: ReleaseClaimRow;
  cohort_channels: CohortChannelRow;
  deltas: DeltaRow;
  delta_plans: DeltaPlanRow;
}

interface Stored {
  organization_id: string;
  id: string;
  inserted_at: string;
  updated_at: string;
}

export interface OrganizationRow {
  id: string;
  name: string;
  /** Limits: null for the server's default, 0 for none. */
  stored_bytes_limit: number | null;
  binaries_limit: number | null;
  part_size_limit: number | null;
  monthly_download_bytes_limit: number | null;
  /** 1: who uploaded a binary may not sign it. */
  separate_signer: 0 | 1;
  /** How many keys have to sign before a binary is `signed`. */
  required_signatures: number;
  inserted_at: string;
  updated_at: string;
}

export interface ApiKeyRow extends Stored {
  name: string;
  /** First characters of the value, to recognise it by. */
  prefix: string;
  /** SHA-256 of the value, hex. */
  value_hash: string;
  /** JSON array of scopes. */
  scopes: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** To the minute or so. */
  last_used_at: string | null;
  /** PRN of the key or the user that made it; null for the server. */
  creator_prn: string | null;
  /** The value before the last rotation, which is good until then. */
  previous_value_hash: string | null;
  previous_expires_at: string | null;
}

/** Until when nobody may remove content, and why. */
interface Held {
  hold_until: string | null;
  hold_reason: string | null;
}

export interface ArtifactRow extends Stored, Held {
  name: string;
  description: string | null;
  custom_metadata: string | null;
  archived_at: string | null;
}

/** What was archived because what it belongs to was. */
interface Archived {
  archived_at: string | null;
  /** Id of the artifact, or version, with which it was archived; null when it was archived by itself. */
  archived_with: string | null;
}

export interface ArtifactVersionRow extends Stored, Archived {
  artifact_id: string;
  version: string;
  description: string | null;
  custom_metadata: string | null;
}

/** What a rule of an artifact keeps, and what becomes of the rest. */
export interface RetentionRuleRow {
  organization_id: string;
  artifact_id: string;
  inserted_at: string;
  updated_at: string;
  /** 1: applied in the background. */
  enabled: 0 | 1;
  action: RetentionAction;
  /** The newest of each target that are kept; null for none. */
  keep_last: number | null;
  /** Days for which all are kept. */
  keep_days: number | null;
  /** 1: what any device says that it runs. */
  keep_reported: 0 | 1;
  /** 1: what any release names, also a disabled one. */
  keep_released: 0 | 1;
  /** When it was last applied in the background. */
  applied_at: string | null;
}

export interface BinaryRow extends Stored, Archived, Held {
  artifact_version_id: string;
  target: string;
  hash: string | null;
  size: number | null;
  state: BinaryState;
  /** How often the content was reset; names the place in the content store. */
  revision: number;
  description: string | null;
  custom_metadata: string | null;
  /** JSON of the last failed verification, until the next upload begins. */
  verification_failure: string | null;
  /** Bytes of every part but the last, as far as known; parts of this size are written straight to their place. */
  part_size: number | null;
  /** The file that holds the whole content, from `hashing` on. */
  content_file: string | null;
  /** How an object store calls the upload of its parts, from the first announced part on. */
  upload_id: string | null;
  /** Bytes that count as stored for it, from the first announcement of content on. */
  reserved_bytes: number;
  /** The sum of its announced parts. */
  announced_bytes: number;
  /** Since it was `signed`: how many live signatures it needs to be distributed. */
  required_signatures: number | null;
  /** The organization's store in which its content is, or will be; null for the server's own. */
  store_id: string | null;
  /** JSON: why what is stored for it is served to nobody. */
  quarantine: string | null;
  /** The class of its store for archived content in which its content is, or is on its way into or out of. */
  archive_class: string | null;
  /** 0: it can't be read from there. */
  archive_readable: 0 | 1;
  /** What is left to be done with its class. */
  archive_step: ArchiveStep | null;
  /** The place of its content, where that is not its own: as a binary and a revision, which may be gone. */
  content_binary_id: string | null;
  content_revision: number | null;
  /** How it is kept; null as it came, and not looked at yet. */
  content_coding: "identity" | "zstd" | null;
  /** Bytes and SHA-256 of what is stored, where that is compressed. */
  stored_size: number | null;
  stored_hash: string | null;
}

/** What the metadata of a binary says by one key; kept by triggers, to search by. */
export interface BinaryMetadataRow {
  organization_id: string;
  /** Empty, as the value is, for a binary with too many. */
  key: string;
  value: string;
  /** The binary's. */
  inserted_at: string;
  id: string;
}

export interface BinaryPartRow extends Stored {
  binary_id: string;
  part_index: number;
  hash: string;
  size: number;
  state: PartState;
  /** Where valid bytes are: null for their place in the content file, else the name of a file of their own. */
  spill: string | null;
  /** Offset in the content file at which the bytes were written; null while there are none, or in a spill. */
  content_offset: number | null;
}

export interface SigningKeyRow extends Stored {
  name: string;
  value: string;
  algorithm: KeyAlgorithm;
  keyid: string;
  /** Other key identifiers that name this key, as JSON. */
  keyid_aliases: string;
  revoked_at: string | null;
}

export interface BinarySignatureRow extends Stored {
  binary_id: string;
  signing_key_id: string;
  /** Upper-case hex. */
  signature: string;
  signed_message: SignedMessage;
}

/** What happened: who did what to which resource, and why. */
export interface EventRow {
  organization_id: string;
  id: string;
  type: string;
  subtype: string;
  actor_prn: string | null;
  resource_prn: string;
  /** JSON. */
  data: string;
  inserted_at: string;
}

/** Where an event stands among those of its organization: `live/positions.ts`. */
interface EventPlace {
  /** Number of the transaction that wrote it; 0 on SQLite. The database writes it. */
  xact: Generated<number>;
}

/** What signs the heads of exported trails. */
export interface AuditKeyRow {
  id: string;
  /** Base64 of the 32 bytes. */
  public_key: string;
  /** PKCS#8, encrypted under the server's secret key. */
  sealed_secret: string;
  inserted_at: string;
}

/** What an organization has; changed in the transaction of what changes it. */
export interface OrganizationUsageRow {
  organization_id: string;
  stored_bytes: number;
  /** Binaries that aren't destroyed. */
  binaries: number;
  /** What devices didn't have to fetch, because deltas did. */
  delta_saved_bytes: Generated<number>;
}

/** Who brought content for a binary, since its last reset. */
export interface BinaryContributorRow {
  organization_id: string;
  binary_id: string;
  revision: number;
  actor_prn: string;
  /** Who made that key; null for a person. */
  creator_prn: string | null;
}

/** One entry of an organization's trail. Only ever inserted. */
export interface AuditLogRow {
  organization_id: string;
  /** 1, 2, 3 … without a gap. */
  sequence: number;
  id: string;
  actor_prn: string | null;
  actor_name: string;
  address: string | null;
  user_agent: string | null;
  request_id: string | null;
  type: string;
  subtype: string;
  resource_prn: string;
  /** JSON, both. */
  before: string | null;
  after: string | null;
  result: AuditResult;
  inserted_at: string;
  previous_hash: string;
  hash: string;
}

/** Where an organization's trail ends. */
export interface AuditHeadRow {
  organization_id: string;
  sequence: number;
  hash: string;
}

/** Content that no record needs any more; written in the transaction that lets go of it, removed from disk after. */
export interface DiscardedContentRow {
  organization_id: string;
  binary_id: string;
  revision: number;
  inserted_at: string;
  /** Empty for the server's own. */
  store_id: string;
  /** What is to go; empty for all that is at the place. */
  file: string;
  /** Not before this: links of the store may still lead there. Empty for at once. */
  due_at: string;
}

/** An upload that goes on for long, or is about to be removed. */
export interface UploadWatchRow {
  organization_id: string;
  binary_id: string;
  revision: number;
  /** When a request that sends it was last seen at work. */
  seen_at: string | null;
  /** When an event told that it is about to be removed. */
  warned_at: string | null;
}

/** A comparison of all records with all content. */
export interface ContentCheckRow {
  name: CheckName;
  started_at: string;
  /** JSON: behind what it goes on; null once it is through. */
  position: string | null;
  checked_binaries: number;
  checked_bytes: number;
  findings: number;
  completed_at: string | null;
  last_completed_at: string | null;
}

/** Where an organization keeps content itself. */
export interface ContentStoreRow extends Stored {
  name: string;
  url: string;
  /** JSON, encrypted under the server's secret key; null where a role is assumed. */
  sealed_credentials: string | null;
  state: StoreState;
  /** JSON of the last test. */
  last_test: string | null;
}

/** Content on its way from one store to another; null is the server's own. */
export interface ContentMoveRow extends Stored {
  from_store_id: string | null;
  to_store_id: string | null;
  /** Null for all artifacts. */
  artifact_id: string | null;
  state: MoveState;
  moved_binaries: number;
  moved_bytes: number;
  last_error: string | null;
  ended_at: string | null;
}

/** A file that a move is making; written before its first byte, deleted when the binary's record names it, or it is gone again. */
export interface ContentCopyRow {
  organization_id: string;
  move_id: string;
  binary_id: string;
  revision: number;
  file: string;
  /** 1: given up, and being removed; no record may name it any more. */
  dropped: 0 | 1;
  inserted_at: string;
}

export interface LinkKeyRow {
  id: string;
  /** Encrypted under the server's secret key. */
  sealed_secret: string;
  inserted_at: string;
}

export interface WebhookRow extends Stored {
  url: string;
  description: string | null;
  /** JSON array of names. */
  enabled_events: string;
  state: WebhookState;
  disabled_reason: string | null;
  /** Since when no delivery got through; null while they do. */
  failing_since: string | null;
  /** The 16 bytes, encrypted under the server's secret key; before the last roll, too, while that secret lives. */
  sealed_secret: string;
  previous_sealed_secret: string | null;
  previous_expires_at: string | null;
}

/** An event on its way to one webhook; written in the transaction of the change that the event tells of. */
export interface WebhookDeliveryRow extends Stored {
  webhook_id: string;
  event_id: string;
  event_type: string;
  resource_prn: string;
  /** Deliveries of one webhook and resource go out in this order. */
  position: number;
  /** The whole body, as it is sent. */
  body: string;
  state: DeliveryState;
  attempts: number;
  /** Null while it waits for an earlier one; while it is being sent, the end of the sender's lease. */
  next_attempt_at: string | null;
  last_status: number | null;
  last_error: string | null;
}

export interface WebhookAttemptRow {
  organization_id: string;
  delivery_id: string;
  id: string;
  at: string;
  duration_ms: number;
  status: number | null;
  error: string | null;
  response: string | null;
}

/** A person, who may belong to several organizations. */
export interface UserRow {
  id: string;
  /** Lower case. */
  email: string;
  username: string;
  /** The same in lower case: two names that differ in nothing else are one. */
  username_key: string;
  /** Null for who only signs in elsewhere. */
  password_hash: string | null;
  /** Encrypted under the server's secret key. */
  totp_sealed_secret: string | null;
  /** Null until the first right code: only then it counts. */
  totp_confirmed_at: string | null;
  /** The step of the last code that was taken: none is taken twice. */
  totp_last_step: number | null;
  /** JSON array of SHA-256, hex. */
  recovery_hashes: string | null;
  inserted_at: string;
  updated_at: string;
}

export interface OrgUserRow extends Stored {
  user_id: string;
  role: Role;
}

export interface InvitationRow extends Stored {
  /** Lower case. */
  email: string;
  role: Role;
  /** SHA-256 of the token in the link, hex. */
  token_hash: string;
  invited_by_prn: string | null;
  expires_at: string;
  accepted_at: string | null;
}

export interface UserSessionRow {
  id: string;
  user_id: string;
  /** The one that the person works in now. */
  organization_id: string;
  /** SHA-256 of the cookie, hex. */
  token_hash: string;
  address: string | null;
  user_agent: string | null;
  last_seen_at: string;
  expires_at: string;
  inserted_at: string;
}

/** Attempts to sign in that failed, by account and by address. */
export interface SignInAttemptRow {
  key: string;
  failures: number;
  last_at: string;
  blocked_until: string | null;
}

/** A person at an OpenID provider. */
export interface UserIdentityRow {
  issuer: string;
  subject: string;
  user_id: string;
  inserted_at: string;
}

/** What was downloaded of a binary from `start` on, by where it went, with what, and by whose link. */
export interface DownloadStatisticsRow {
  organization_id: string;
  binary_id: string;
  start: string;
  /** 1; or 24 once the hours of a day are folded into one. */
  hours: 1 | 24;
  /** Two capital letters, `unknown`, or `other`. */
  country: string;
  /** Product, such as `curl`; `unknown`, or `other`. */
  user_agent: string;
  /** As in the link; or `other`. */
  maker: string;
  requests: number;
  /** Of the requests, those whose whole body went out. */
  completed: number;
  bytes: number;
}

/** What an organization sent in a month. */
export interface DownloadMonthRow {
  organization_id: string;
  /** `2026-01` */
  month: string;
  bytes: number;
}

/** What an organization sent in a day. */
export interface DownloadDayRow {
  organization_id: string;
  /** `2026-01-31` */
  day: string;
  requests: number;
  /** Of the requests, those whose whole body went out. */
  completed: number;
  bytes: number;
}

/** What one source fetched in a day; kept as long as it is compared with. */
export interface DownloadSourceRow {
  organization_id: string;
  kind: "maker" | "address";
  source: string;
  /** `2026-01-31` */
  day: string;
  bytes: number;
  /** 1: an event told that it is unusual. */
  told: 0 | 1;
}

/** One row: what a program must know at least to work with this database. */
export interface SchemaCompatibilityRow {
  id: number;
  /** Name of a migration. */
  oldest: string;
}

/** Which replica does a piece of background work. */
export interface LeaseRow {
  name: string;
  owner: string;
  /** Seconds since 1970, by the database's clock. */
  until: number;
}

export interface ProductRow extends Stored {
  name: string;
  archived: 0 | 1;
}

export interface CohortRow extends Stored {
  product_id: string;
  name: string;
  description: string | null;
  /** Devices that are in it, and those of them that are quarantined; changed in the transaction of what changes them. */
  device_count: number;
  quarantined_count: number;
}

export interface DeviceRow extends Stored {
  product_id: string;
  cohort_id: string | null;
  identifier: string;
  description: string | null;
  target: string | null;
  /** JSON array of strings. */
  tags: string | null;
  quarantined: 0 | 1;
  /** Written now and then, not at each call. */
  last_connected_at: string | null;
  /** As the device said them: PRNs of things that may not exist. */
  reported_bundle_prn: string | null;
  reported_release_prn: string | null;
  reported_release_version: string | null;
}

interface CertificateRow extends Stored {
  /** PEM. */
  certificate: string;
  /** SHA-256 of the DER, upper-case hex: unique among all organizations, since a device says nothing else of itself. */
  fingerprint: string;
  common_name: string | null;
  /** Decimal. */
  serial: string;
  not_before: string;
  not_after: string;
}

export interface DeviceCertificateRow extends CertificateRow {
  device_id: string;
  /** Of the authority that signed it, as the certificate names it; upper-case hex. */
  authority_key_id: string | null;
}

export interface CaCertificateRow extends CertificateRow {
  description: string | null;
  /** As the certificate says it, upper-case hex; null where it doesn't. */
  subject_key_id: string | null;
  /** DER of the subject, base64: what certificates that it signed name as their issuer. */
  subject: string;
  /** What devices get that it brings; null while it brings none. */
  jitp_product_id: string | null;
  jitp_cohort_id: string | null;
  jitp_description: string | null;
  /** JSON array of strings. */
  jitp_tags: string | null;
  jitp_target: string | null;
  /** 1: an unknown certificate may be added to a device that exists. */
  jitp_second_certificate: 0 | 1;
}

/** A word that shows, as the common name of a certificate, that an authority's private key is at hand. */
export interface VerificationCodeRow {
  organization_id: string;
  code: string;
  expires_at: string;
  inserted_at: string;
}

export interface BundleRow extends Stored {
  name: string | null;
  /** SHA-256 of the canonical manifest, lower-case hex. */
  hash: string;
}

export interface BundleBinaryRow {
  organization_id: string;
  bundle_id: string;
  /** 0, 1, 2 … */
  position: number;
  binary_id: string;
  /** JSON: its own, or what it inherited when the bundle was made. */
  custom_metadata: string | null;
}

export interface BundleSignatureRow extends Stored {
  bundle_id: string;
  signing_key_id: string;
  /** Upper-case hex. */
  signature: string;
  signed_message: SignedMessage;
}

export interface BundleOverrideRow extends Stored {
  name: string;
  description: string | null;
  bundle_id: string;
  starts_at: string;
  ends_at: string | null;
}

export interface BundleOverrideDeviceRow extends Stored {
  bundle_override_id: string;
  device_id: string;
}

export interface ReleaseRow extends Stored {
  bundle_id: string;
  cohort_id: string;
  name: string;
  description: string | null;
  required: 0 | 1;
  disabled: 0 | 1;
  schedule_date: string;
  phase_mode: PhaseMode;
  phase_value: number | null;
  /** JSON array of strings. */
  phase_tags: string | null;
  /** Null for the newest of its cohort, of which there is one. Not held by a foreign key: the newest is set before it is there. */
  next_release_id: string | null;
  version: string | null;
  version_requirement: string | null;
  failure_share: number | null;
  failure_minimum: number;
  paused_at: string | null;
  halted_at: string | null;
  /** Devices that have claimed it, in all; and those that ended since it last began or was resumed. */
  claims: number;
  done: number;
  failed: number;
}

/** Counts the changes of a cohort's releases; a row that is not there yet counts 0. */
export interface CohortChannelRow {
  organization_id: string;
  cohort_id: string;
  revision: number;
}

/** A device that was served a release: it keeps it, whatever the phase says later. */
export interface ReleaseClaimRow extends Stored {
  release_id: string;
  device_id: string;
  state: ClaimState;
  detail: string | null;
}

/** What turns one binary into another. */
export interface DeltaRow extends Stored {
  from_binary_id: string;
  to_binary_id: string;
  algorithm: DeltaAlgorithm;
  state: DeltaState;
  /** Bytes, once it was made, and its SHA-256 while it is kept. */
  size: number | null;
  hash: string | null;
  /** Where its content is, or is being written to; `store_id` null for the server's own store, `file` null for nowhere. */
  store_id: string | null;
  file: string | null;
  /** Why there is none, or not yet. */
  detail: string | null;
  tries: number;
  /** While it waits: not before this. */
  next_try_at: string;
  /** Bytes of it that went out. */
  downloaded_bytes: number;
}

/** A release for which it is to be found out what deltas its devices want. */
export interface DeltaPlanRow {
  organization_id: string;
  release_id: string;
  inserted_at: string;
}
