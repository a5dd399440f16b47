import { isIPv4 } from "node:net";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";

/** The public half of the key is in CloudFront, in a key group. */
export interface CloudfrontKey {
  keyPairId: string;
  /** RSA, PEM. */
  privateKey: string;
  algorithm: "SHA1" | "SHA256";
  /** `custom` binds links to the IPv4 address of who asked: CloudFront knows no others there. */
  policy: "canned" | "custom";
}

/**
 * A signed URL of CloudFront.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 * @param ends seconds since 1970 @param address of who will fetch
 */
export function signCloudfront(key: CloudfrontKey, url: string, ends: number, address: string): string {
  const { keyPairId, privateKey, algorithm, policy } = key;
  const ipAddress = address.replace(/^::ffff:/, "");
  return getSignedUrl({
    url,
    keyPairId,
    privateKey,
    algorithm,
    dateLessThan: new Date(ends * 1000),
    ...(policy === "custom" && isIPv4(ipAddress) && { ipAddress }),
  });
}
