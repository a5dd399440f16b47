import { type LookupAddress, type LookupAllOptions, type LookupOptions, lookup as systemLookup } from "node:dns";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** A name that leads, or an address that is, where nobody outside may send this server. */
export class ForbiddenAddress extends Error {
  /** Stays when a library wraps it into an error of its own. */
  readonly code = "FORBIDDEN_ADDRESS";
}

/** 2000::/3, all that the registries give out; what else there is of IPv6 is not the internet. */
const globalIpv6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * Whether an address is one of the public internet: none of this machine, of a private or shared network, of a link, for
 * groups or for documentation, and no IPv6 address that stands for an IPv4 one (mapped ones count as what they stand
 * for; 6to4, Teredo and NAT64 never do).
 */
export function isPublicAddress(text: string): boolean {
  // A zone (`fe80::1%eth0`) names an interface of this machine.
  if (isIP(text) === 0 || text.includes("%")) return false;
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(globalIpv6);
}

type Callback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

export type Resolve = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that answers only with public addresses. The socket connects to exactly what was checked here,
 * so a name that changes its mind in between (DNS rebinding) gains nothing. A name with any other address is refused as
 * a whole.
 */
export function publicOnly(resolve: Resolve = systemLookup as Resolve) {
  return (name: string, options: LookupOptions, callback: Callback): void => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const bad = addresses.find(({ address }) => !isPublicAddress(address));
      if (bad || addresses.length === 0) {
        return callback(new ForbiddenAddress(`'${name}' leads to ${bad?.address ?? "nowhere"}`), []);
      }
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

/**
 * What is wrong with a URL that an organization gave, as a sentence; null for nothing. Names are checked when they are resolved.
 * @param allowPrivate for development: http and any address
 */
export function urlProblem(text: string, allowPrivate: boolean): string | null {
  const url = URL.parse(text);
  const schemes = allowPrivate ? ["https:", "http:"] : ["https:"];
  if (!url || !schemes.includes(url.protocol)) return `must start with https://; got '${text}'`;
  if (url.username !== "" || url.password !== "") return "must not hold a user name or a password";
  if (url.hash !== "") return "must not have a fragment ('#...')";
  if (allowPrivate) return null;
  // URL has turned every spelling of an IPv4 address (decimal, octal, hexadecimal, short) into the plain one.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 && !isPublicAddress(host)) return `must lead to the public internet; ${host} does not`;
  return null;
}
