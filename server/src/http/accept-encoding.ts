/** How much a client likes each coding that it names, and `*` for all others (RFC 9110 § 12.5.3); 0 is not at all. */
export function encodingWeights(header: string | undefined): Map<string, number> {
  return new Map((header ?? "").split(",").map(readWeight));
}

function readWeight(element: string): [string, number] {
  const [name, ...parameters] = element.split(";").map((word) => word.trim().toLowerCase()) as [string, ...string[]];
  const weight = parameters.find((parameter) => parameter.startsWith("q="));
  return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
}
