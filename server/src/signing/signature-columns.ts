import { commonColumns, type SearchColumns } from "../database/search.ts";

/** What lists of signatures are searched by, where `signing_keys` is joined. @param of what the signatures are of */
export function signatureColumns(of: "binary" | "bundle"): SearchColumns {
  const table = `${of}_signatures`;
  const keyid = { column: "signing_keys.keyid", holds: "keyid", aliases: "signing_keys.keyid_aliases" } as const;
  return {
    ...commonColumns(table, `${of}_signature`),
    [`${of}_prn`]: { column: `${table}.${of}_id`, holds: "id", of },
    signing_key_prn: { column: `${table}.signing_key_id`, holds: "id", of: "signing_key" },
    keyid,
    "signature.signing_key.keyid": keyid,
    signature: { column: `${table}.signature`, holds: "upper" },
  };
}
