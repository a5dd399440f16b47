import { type ManifestItem, resourcePrn } from "@open-peridio/contract";
import { showMetadata } from "../../database/metadata.ts";
import { makeDownloadLinks } from "../../delivery/download-link.ts";
import type { Asker } from "../../delivery/origins/origin.ts";
import { type Holdings, offerDeltas } from "../../deltas/offer.ts";
import type { Platform } from "../../platform.ts";
import { contentOf, type LiveSignature, type ManifestMember } from "../resolution/manifest.ts";
import { asked, type Expand, pick } from "./expand.ts";

/** Who reads a manifest. */
export interface Reader {
  asker: Asker;
  /** The official agent: it dies of what it doesn't know. */
  isPeridiod: boolean;
}

/**
 * The part of a manifest that was asked for. Links are made only for those who want them.
 * @param holdings what deltas may begin with; null for a reader that takes none
 */
export async function showManifest(
  platform: Platform,
  organizationId: string,
  members: readonly ManifestMember[],
  expand: Expand,
  reader: Reader,
  holdings: Holdings | null = null,
): Promise<unknown[]> {
  const ids = members.map(({ binary_id }) => binary_id);
  const deltas =
    holdings && asked(expand, "deltas") && (await offerDeltas(platform, organizationId, ids, holdings, reader.asker));
  return Promise.all(
    members.map(async (member) => {
      const item: Omit<ManifestItem, "url" | "urls" | "deltas"> = {
        binary_prn: resourcePrn(organizationId, "binary", member.binary_id),
        hash: member.hash!,
        size: member.size,
        target: member.target,
        custom_metadata: showMetadata(member.custom_metadata),
        artifact: { prn: resourcePrn(organizationId, "artifact", member.artifact_id), name: member.artifact_name },
        artifact_version: {
          prn: resourcePrn(organizationId, "artifact_version", member.artifact_version_id),
          version: member.version,
        },
        signatures: signaturesFor(member.signatures, reader).map((signature) => show(organizationId, signature)),
      };
      const wanted = asked(expand, "url") ?? asked(expand, "urls");
      const links = wanted && (await linksTo(platform, organizationId, member, reader));
      const offered = deltas && { deltas: deltas.get(member.binary_id) ?? [] };
      return pick({ ...item, ...links, ...offered }, expand);
    }),
  );
}

/**
 * Everybody gets all live signatures, but peridiod exactly one that it can verify, the oldest, or none: any other number
 * or kind raises in its poller, and takes the agents of a whole cohort down. Source: api.md § 0 rows 1 and 2, § 7.5.
 */
function signaturesFor(signatures: readonly LiveSignature[], { isPeridiod }: Reader): readonly LiveSignature[] {
  if (!isPeridiod) return signatures;
  return signatures.filter(({ algorithm, message }) => algorithm === "ed25519" && message !== "content").slice(0, 1);
}

function show(organizationId: string, { signature, public_value, keyid, signing_key_id }: LiveSignature) {
  return {
    signature,
    // As it was registered, which may be with a line break that a strict base64 decoder refuses.
    public_value: public_value.trim(),
    keyid,
    signing_key_prn: resourcePrn(organizationId, "signing_key", signing_key_id),
  };
}

async function linksTo(
  platform: Platform,
  organizationId: string,
  member: ManifestMember,
  { asker, isPeridiod }: Reader,
): Promise<Pick<ManifestItem, "url" | "urls">> {
  const { url, urls } = await makeDownloadLinks(platform, contentOf(organizationId, member), asker);
  return urls.length > 1 && !isPeridiod ? { url, urls } : { url };
}
