import type { BinaryState } from "@open-peridio/contract";
import { type Answer, announcePart, callApi, sha256, sha256Base64 } from "../api.ts";
import { apiKey } from "../server.ts";
import { makeSigningPair } from "./official-client.ts";
import { until } from "./until.ts";

/** What one client has to bring to `signed`, whatever happens. */
export interface Firmware {
  /** Chosen by the client, so that it finds the record again whose creation was never answered. */
  id: string;
  version: string;
  target: string;
  /** In the order of the file; one piece is sent as direct upload. */
  parts: readonly Buffer[];
  /** What the client begins with by mistake, before it resets to the right bytes. */
  mistaken?: Buffer;
}

/** Moments at which a crash hurts. */
export type Moment = "part" | "hashable" | "sign";

/** What the clients tell of what was promised to them. */
export interface Witness {
  part(prn: string, index: number, hash: string): void;
  state(prn: string, state: BinaryState): void;
  /** Before a reset is sent: nothing that was promised holds. */
  reset(prn: string): void;
  /** A request is about to be sent, or a part was just acknowledged. */
  moment(moment: Moment): void;
  /** Resolves when the server is there (again). */
  serverUp(): Promise<void>;
}

export function bytesOf(firmware: Firmware): Buffer {
  return Buffer.concat(firmware.parts);
}

/** The connection went down before the answer was here: nobody knows whether the request was executed. */
class Unanswered extends Error {}

/** Parts that one client sends at once. */
const atOnce = 3;

/** A client that resumes after every lost connection, by what the server says is there. */
export function stubbornClient(url: string, organization: string, witness: Witness) {
  const api = callApi(url);
  const pair = makeSigningPair();

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    return api(method, path, body).catch(unanswered);
  }

  /** An answer that isn't the wanted one is no reason to try again. */
  function wanted(answer: Answer, status: number): Answer["body"] {
    if (answer.status !== status) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async function registerKey(): Promise<string> {
    return wanted(await call("POST", "/signing_keys", { name: "release", value: pair.value }), 201).signing_key.prn;
  }

  /** One step towards `signed`, from whatever state the server says. */
  async function step(firmware: Firmware, key: string): Promise<BinaryState> {
    const { id, version, target } = firmware;
    const prn = `${organization}:binary:${id}`;
    const found = await call("GET", `/binaries/${prn}`);
    if (found.status === 404) {
      const first = firmware.mistaken ?? bytesOf(firmware);
      const record = { id, artifact_version_prn: version, target, hash: sha256(first), size: first.length };
      return told(wanted(await call("POST", "/binaries", record), 201));
    }
    const { binary } = wanted(found, 200);
    if (binary.verification_failure) throw new Error(`failed: ${JSON.stringify(binary.verification_failure)}`);
    switch (told({ binary })) {
      case "uploadable":
        return upload(prn, binary.hash, firmware);
      case "signable": {
        witness.moment("sign");
        const signature = pair.sign(sha256(bytesOf(firmware)));
        const body = { binary_prn: prn, signing_key_prn: key, signature };
        wanted(await call("POST", "/binary_signatures", body), 201);
        witness.state(prn, "signed");
        return told(wanted(await call("PATCH", `/binaries/${prn}`, { state: "signed" }), 200));
      }
      default:
        return binary.state;
    }
  }

  function told({ binary }: Answer["body"]): BinaryState {
    witness.state(binary.prn, binary.state);
    return binary.state;
  }

  async function upload(prn: string, declared: string, firmware: Firmware): Promise<BinaryState> {
    const { parts, mistaken } = firmware;
    if (mistaken && declared === sha256(mistaken)) {
      await sendParts(prn, [mistaken]);
      const whole = bytesOf(firmware);
      witness.reset(prn);
      const change = { state: "uploadable", hash: sha256(whole), size: whole.length };
      return told(wanted(await call("PATCH", `/binaries/${prn}`, change), 200));
    }
    const [only, ...others] = parts;
    if (only && others.length === 0) {
      return told(wanted(await put(`${url}/binaries/${prn}/content`, only), 200));
    }
    await sendParts(prn, parts);
    witness.moment("hashable");
    return told(wanted(await call("PATCH", `/binaries/${prn}`, { state: "hashable" }), 200));
  }

  /** Sends what isn't listed as valid with the right hash. */
  async function sendParts(prn: string, parts: readonly Buffer[]): Promise<void> {
    const listed: { index: number; hash: string; state: string }[] = wanted(
      await call("GET", `/binaries/${prn}/parts`),
      200,
    ).binary_parts;
    const valid = new Set(listed.filter(({ state }) => state === "valid").map(({ index, hash }) => `${index} ${hash}`));
    const missing = parts
      .map((part, at) => ({ part, index: at + 1, hash: sha256(part) }))
      .filter(({ index, hash }) => !valid.has(`${index} ${hash}`));
    const sendNext = async (): Promise<void> => {
      for (let next = missing.shift(); next; next = missing.shift()) {
        const link = await announcePart(call, prn, next.index, next.part);
        wanted(await put(link, next.part), 200);
        witness.part(prn, next.index, next.hash);
        witness.moment("part");
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, sendNext));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  }

  async function put(to: string, bytes: Buffer): Promise<Answer> {
    // A link may lead to an object store, which has its own words for the same.
    const ours = to.startsWith(url);
    const headers = {
      "x-amz-checksum-sha256": sha256Base64(bytes),
      ...(ours && !to.includes("/cdn/") && { authorization: `Bearer ${apiKey}` }),
    };
    try {
      const answer = await fetch(to, { method: "PUT", headers, body: bytes as Uint8Array<ArrayBuffer> });
      const text = await answer.text();
      if (!ours) return { status: answer.ok ? 200 : answer.status, body: text, headers: answer.headers };
      return { status: answer.status, body: text === "" ? null : JSON.parse(text), headers: answer.headers };
    } catch (error) {
      return unanswered(error);
    }
  }

  return {
    registerKey,

    async bringToSigned(firmware: Firmware, key: string): Promise<void> {
      await until(
        `${firmware.target} signed`,
        async () => {
          await witness.serverUp();
          try {
            return (await step(firmware, key)) === "signed";
          } catch (error) {
            if (error instanceof Unanswered) return false;
            throw error;
          }
        },
        120,
      );
    },
  };
}

function unanswered(error: unknown): never {
  // What `fetch` throws when the connection can't be made or goes down.
  if (error instanceof TypeError) throw new Unanswered(String(error.cause ?? error));
  throw error;
}
