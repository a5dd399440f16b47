/** What each list can be searched by: key → value type and operators. Servers filter, documents list, by this table. */

export type Operator = ":" | "-" | "~" | "<" | "<=" | ">" | ">=";
export type ValueType = "string" | "integer" | "boolean" | "boolean or 'any'" | "date-time" | "prn" | "any";

export interface SearchKey {
  type: ValueType;
  operators: readonly Operator[];
}

export type SearchKeys = Readonly<Record<string, SearchKey>>;

const exact: SearchKey = { type: "string", operators: [":"] };
const text: SearchKey = { type: "string", operators: [":", "~"] };
const looseText: SearchKey = { type: "string", operators: [":", "~", "-"] };
const prn: SearchKey = { type: "prn", operators: [":"] };
const dateTime: SearchKey = { type: "date-time", operators: [":", ">", ">=", "<", "<="] };
const boolean: SearchKey = { type: "boolean", operators: [":"] };
/** Lists leave out what is archived, unless they are asked. */
const archived: SearchKey = { type: "boolean or 'any'", operators: [":"] };
const integer: SearchKey = { type: "integer", operators: [":", ">", ">=", "<", "<="] };

const common = { inserted_at: dateTime, updated_at: dateTime, prn } satisfies SearchKeys;

/** A key that ends in `.*` stands for any single word in the place of the star. */
export const searchKeys = {
  api_keys: { ...common, name: looseText },
  artifacts: { ...common, archived, name: looseText, description: text },
  artifact_versions: { ...common, archived, artifact_prn: prn, description: text, version: text },
  audit_logs: {
    inserted_at: dateTime,
    prn,
    sequence: integer,
    actor_prn: exact,
    actor_name: looseText,
    resource_prn: exact,
    type: exact,
    subtype: exact,
    result: exact,
    address: exact,
    user_agent: looseText,
    request_id: exact,
  },
  binaries: {
    ...common,
    archived,
    artifact_version_prn: prn,
    content_store_prn: prn,
    organization_prn: prn,
    description: text,
    hash: exact,
    quarantined: boolean,
    size: integer,
    state: exact,
    target: text,
    "custom_metadata.*": { type: "any", operators: [":", "~", "-"] },
  },
  binary_signatures: {
    ...common,
    binary_prn: prn,
    signing_key_prn: prn,
    keyid: exact,
    signature: exact,
    "signature.signing_key.keyid": exact,
  },
  bundles: { ...common, name: looseText, hash: exact },
  bundle_signatures: {
    ...common,
    bundle_prn: prn,
    signing_key_prn: prn,
    keyid: exact,
    signature: exact,
    "signature.signing_key.keyid": exact,
  },
  bundle_overrides: {
    ...common,
    name: looseText,
    description: text,
    bundle_prn: prn,
    starts_at: dateTime,
    ends_at: dateTime,
  },
  products: { ...common, name: text, archived: boolean, deleted_at: dateTime },
  cohorts: { ...common, name: text, description: text, product_prn: prn },
  devices: {
    ...common,
    product_prn: prn,
    cohort_prn: prn,
    identifier: text,
    description: text,
    target: text,
    quarantined: boolean,
    last_connected_at: dateTime,
    reported_bundle_prn: exact,
    reported_release_prn: exact,
    reported_release_version: text,
  },
  device_certificates: { ...common, device_prn: prn, product_prn: prn, serial: exact, fingerprint: exact },
  ca_certificates: { ...common, description: text, serial: exact, fingerprint: exact },
  releases: {
    ...common,
    cohort_prn: prn,
    bundle_prn: prn,
    name: text,
    description: text,
    next_release_prn: prn,
    version: { type: "string", operators: [":", "-"] },
    version_requirement: { type: "string", operators: [":", "-"] },
    deleted_at: dateTime,
  },
  release_claims: { ...common, release_prn: prn, device_prn: prn, state: exact },
  content_stores: { ...common, name: looseText, url: text, state: exact },
  content_moves: { ...common, state: exact },
  deltas: { ...common, from_binary_prn: prn, to_binary_prn: prn, algorithm: exact, state: exact },
  webhooks: { ...common, description: text, url: text, state: exact },
  webhook_deliveries: {
    ...common,
    webhook_prn: prn,
    event_prn: prn,
    event_type: exact,
    resource_prn: exact,
    state: exact,
  },
  org_users: { ...common, user_prn: exact, email: looseText, username: looseText, role: exact },
  invitations: { ...common, email: looseText, role: exact },
  signing_keys: { ...common, name: text, value: exact, keyid: exact },
} satisfies Record<string, SearchKeys>;

export type Searchable = keyof typeof searchKeys;

/** The table that stands in a list operation's description in the OpenAPI document. */
export function describeSearch(keys: SearchKeys): string {
  const rows = Object.entries(keys).map(
    ([key, { type, operators }]) =>
      `|\`${key.replace("*", "KEY")}\`|${operators.map((o) => `\`${o}\``).join(", ")}|${type}|`,
  );
  return ["**Search**", "", "|Key|Operators|Value|", "|-|-|-|", ...rows].join("\n");
}
