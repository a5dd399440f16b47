import type { DeltaAlgorithm } from "@open-peridio/contract";

/** Command lines of one algorithm. */
interface Programs {
  /** Writes to `delta` what turns the file `from` into the file `to`. */
  encode(from: string, to: string, delta: string): string[];
  /** Writes to its output what `delta` makes of `from`. */
  decode(from: string, delta: string): string[];
}

/** Bytes of the old content that xdelta3 looks at in one go: more took more memory and found nothing more. */
const xdelta3Buffer = String(64 * 1_048_576);

/** xdelta3 with its own compression inside of VCDIFF, and without the names of our files. */
export const programs: Record<DeltaAlgorithm, Programs> = {
  xdelta3: {
    encode: (from, to, delta) => ["xdelta3", "-q", "-f", "-e", "-9", "-B", xdelta3Buffer, "-A=", "-s", from, to, delta],
    decode: (from, delta) => ["xdelta3", "-q", "-d", "-c", "-B", xdelta3Buffer, "-s", from, delta],
  },
  zstd: {
    encode: (from, to, delta) => [
      "zstd",
      "-q",
      "-f",
      "-19",
      "--single-thread",
      `--patch-from=${from}`,
      to,
      "-o",
      delta,
    ],
    decode: (from, delta) => ["zstd", "-q", "-d", "-c", "--long=31", `--patch-from=${from}`, delta],
  },
};
