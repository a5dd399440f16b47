import { invalid, type Metadata, maxMetadataBytes } from "@open-peridio/contract";

/**
 * `custom_metadata` as the tables hold it: compact JSON.
 * @param field that a refusal names
 * @throws ApiError 422 when it has more bytes than allowed.
 */
export function storeMetadata(metadata: Metadata | null | undefined, field = "custom_metadata"): string | null {
  if (metadata === null || metadata === undefined) return null;
  const json = JSON.stringify(metadata);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxMetadataBytes) {
    throw invalid(field, `must have at most ${maxMetadataBytes} bytes as compact JSON; got ${bytes}`);
  }
  return json;
}

export function showMetadata(stored: string | null): Metadata | null {
  return stored === null ? null : (JSON.parse(stored) as Metadata);
}
