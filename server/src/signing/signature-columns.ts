import { commonColumns, type SearchColumns } from "../database/search.ts";

const keyid = { column: "signing_keys.keyid", holds: "keyid", aliases: "signing_keys.keyid_aliases" } as const;

/** What signatures are searched by, whatever they sign, in a list that joins their keys. */
export function signatureColumns(
  table: "binary_signatures" | "bundle_signatures",
  type: "binary_signature" | "bundle_signature",
): SearchColumns {
  return {
    ...commonColumns(table, type),
    signing_key_prn: { column: `${table}.signing_key_id`, holds: "id", of: "signing_key" },
    keyid,
    "signature.signing_key.keyid": keyid,
    signature: { column: `${table}.signature`, holds: "upper" },
  };
}
