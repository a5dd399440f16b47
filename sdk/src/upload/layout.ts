/** Bytes; the API's limits. */
const minPartSize = 5_242_880;
const maxPartSize = 5_368_709_120;
const maxParts = 10_000;
const mebibyte = 1_048_576;

/** The size of all parts but the last: 5 MiB, more for a binary that would need over 10,000 of them. */
export function choosePartSize(size: number): number {
  const least = Math.ceil(size / maxParts);
  return Math.max(minPartSize, Math.ceil(least / mebibyte) * mebibyte);
}

/** @throws Error when the API takes no parts of this size, or not as many as the binary would need */
export function requirePartSize(partSize: number, size: number): void {
  if (!Number.isInteger(partSize) || partSize < minPartSize || partSize > maxPartSize) {
    throw new Error(`a part must have from ${minPartSize} to ${maxPartSize} bytes; got ${partSize}`);
  }
  const count = Math.ceil(size / partSize);
  if (count <= maxParts) return;
  throw new Error(
    `parts of ${partSize} bytes would be ${count}, more than the ${maxParts} that a binary may have; ` +
      `make them ${choosePartSize(size)} bytes or more`,
  );
}

export interface PartRange {
  index: number;
  start: number;
  /** Behind the last byte. */
  end: number;
}

export function partRanges(size: number, partSize: number): PartRange[] {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, at) => ({
    index: at + 1,
    start: at * partSize,
    end: Math.min(size, (at + 1) * partSize),
  }));
}

interface ListedPart {
  index: number;
  size: number;
}

/** The part size that parts already announced were cut with; null when there are none, or none that tells. */
export function announcedPartSize(parts: readonly ListedPart[], size: number): number | null {
  const regular = parts.find((part) => part.size >= minPartSize && part.index * part.size < size);
  return regular?.size ?? null;
}

/** Whether announced parts are pieces of this cut. */
export function fitsCut(parts: readonly ListedPart[], ranges: readonly PartRange[]): boolean {
  return parts.every((part) => {
    const range = ranges[part.index - 1];
    return range !== undefined && range.end - range.start === part.size;
  });
}
