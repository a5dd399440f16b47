import ipaddr from "ipaddr.js";

/** Whoever has one IPv6 address has its whole /64 (RFC 6177 § 2): that counts as one. What is no address stays as it is. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4" ? parsed.toString() : ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`).toString();
}
