import { type Binary, getBinary } from "../binary.ts";
import type { Client } from "../client.ts";
import { wait } from "../retry.ts";

/** Milliseconds between two looks: short at first, since most verifications have nothing left to do. */
const pauses = { first: 20, longest: 2_000 };

/** Waits for the end of verification. @throws Error when the content is not what was declared. */
export async function untilVerified(client: Client, prn: string, signal: AbortSignal): Promise<Binary> {
  for (let pause = pauses.first; ; pause = Math.min(pause * 1.5, pauses.longest)) {
    const binary = await getBinary(client, prn, signal);
    if (binary.state === "signable" || binary.state === "signed") return binary;
    if (binary.state !== "hashable" && binary.state !== "hashing") throw failure(binary);
    await wait(pause, signal);
  }
}

function failure(binary: Binary): Error {
  const found = binary.verification_failure;
  if (!found) return new Error(`the binary became '${binary.state}' while it was uploaded; somebody else changed it`);
  return new Error(
    `the uploaded content is not what was declared: expected ${found.expected_hash} (${found.expected_size} bytes), ` +
      `the server has ${found.actual_hash} (${found.actual_size} bytes)`,
  );
}
