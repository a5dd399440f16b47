// In this order: most browsers say that they are others too.
const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** `Firefox on Linux`, from what a browser says of itself; its own words where it is none that is known. */
export function browserName(userAgent: string | null): string {
  if (userAgent === null) return "An unknown browser";
  const named = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = named(browsers);
  if (browser === undefined) return userAgent.slice(0, 60);
  const system = named(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
