import type { components } from "../api.generated.ts";
import { ApiError, errorOf } from "../api-error.ts";
import { bodyOf, type Client } from "../client.ts";
import { hexToBase64 } from "../hex.ts";
import { ownSignal } from "../own-signal.ts";
import { errorMayPass, statusMayPass, tryAgain } from "../retry.ts";
import type { Payload } from "../transport.ts";
import { type Coding, putCoded } from "./coding.ts";
import type { PartRange } from "./layout.ts";

export type BinaryPart = components["schemas"]["BinaryPart"];

/** A part that is ready to be sent. */
export interface HashedPart extends PartRange {
  /** SHA-256, hex. */
  hash: string;
  payload: Payload;
}

/**
 * Announces a part and sends its bytes to the link, until the server has acknowledged them. Each try announces anew:
 * that costs nothing, and renews a link that expired.
 * @param whole bytes of the whole binary; null when the record knows
 * @param coding how bytes go to links of this server; plain when absent
 * @throws ApiError, or Error when the connection stays lost
 */
export async function sendPart(
  client: Client,
  binaryPrn: string,
  part: HashedPart,
  whole: number | null,
  signal: AbortSignal,
  coding: Coding = plain,
): Promise<BinaryPart> {
  // What the API refuses, after the client's own tries, stays refused; only the transfer is tried again here.
  let sending = false;
  const mayHelp = (error: unknown) => sending && transferMayPass(error);
  return tryAgain(
    async () => {
      sending = false;
      const { presigned_upload_url: url, ...announced } = await announce(client, binaryPrn, part, whole, signal);
      if (announced.state === "valid") return announced;
      sending = true;
      await put(client, url, part, signal, coding);
      return { ...announced, state: "valid" };
    },
    mayHelp,
    client.patience,
    signal,
  );
}

async function announce(client: Client, prn: string, part: HashedPart, whole: number | null, signal: AbortSignal) {
  const params = { path: { prn, index: part.index } };
  const expected = whole === null ? {} : { expected_binary_size: whole };
  const body = { hash: part.hash, size: part.end - part.start, ...expected };
  const { binary_part } = await ownSignal(signal, (own) =>
    bodyOf(client.api.PUT("/binaries/{prn}/parts/{index}", { params, body, signal: own })),
  );
  return binary_part;
}

const plain: Coding = { coder: null };

/** The same headers as the official CLI sends, whoever made the link. */
async function put(client: Client, url: string, part: HashedPart, signal: AbortSignal, coding: Coding): Promise<void> {
  const headers = {
    "content-type": "application/octet-stream",
    "x-amz-checksum-sha256": hexToBase64(part.hash),
  };
  // A store would keep what it gets as it comes.
  const own = new URL(url).pathname.includes("/cdn/parts/") ? coding : plain;
  const answer = await putCoded(client, own, url, headers, part.payload, part.end - part.start, signal);
  if (!answer.ok) throw await errorOf(answer);
  await answer.arrayBuffer();
}

/** Statuses of a link that is too old, was replaced, or whose upload is gone: a new one helps. */
const renewable = new Set([403, 404, 409, 410]);

function transferMayPass(error: unknown): boolean {
  if (!(error instanceof ApiError)) return errorMayPass(error);
  return statusMayPass(error.status) || renewable.has(error.status);
}
