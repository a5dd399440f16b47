import { randomBytes } from "node:crypto";
import { type Answer, callApi, cut, makeVersion, partSize, sha256, sha256Base64, untilVerified } from "../api.ts";
import { apiKey, type TestServer } from "../server.ts";
import { makeSigningPair } from "./official-client.ts";
import type { Random } from "./random.ts";

/** Two files of one size: each part of one could stand in the other, and would be wrong there. */
const files = [randomBytes(partSize + 70_000), randomBytes(partSize + 70_000)] as const;

/** Where one of the binaries stands: it is replaced by a new record once it is destroyed or deleted. */
interface Slot {
  version: string;
  target: string;
  binary: string;
  /** Upload links that were handed out, good or not any more. */
  links: { url: string; part: Uint8Array }[];
}

/** Clients that act at random, and a model of what they may be answered. */
export async function fuzzClients(server: TestServer, random: Random) {
  const api = callApi(server.url);
  const pair = makeSigningPair();
  const key: string = (await api("POST", "/signing_keys", { name: "fuzz", value: pair.value })).body.signing_key.prn;
  const surprises: string[] = [];
  /** Operation and status → how often. */
  const answers = new Map<string, number>();
  const slots = await Promise.all([1, 2, 3].map(makeSlot));

  async function makeSlot(number: number): Promise<Slot> {
    const slot = { version: await makeVersion(api), target: `device-${number}`, binary: "", links: [] };
    await replace(slot);
    return slot;
  }

  /** A new record in the place of one that is gone; many clients may try at once. */
  async function replace(slot: Slot): Promise<Answer> {
    const { version, target } = slot;
    const [bytes] = files;
    const declared = { artifact_version_prn: version, target, hash: sha256(bytes), size: bytes.length };
    const answer = await api("POST", "/binaries", declared);
    if (answer.status === 201) {
      slot.binary = answer.body.binary.prn;
      slot.links = [];
    }
    return answer;
  }

  async function put(url: string, bytes: Uint8Array): Promise<Answer> {
    // The link of a part carries its own permission, of this server or of the store that it leads to.
    const isLink = !url.startsWith(server.url) || url.includes("/cdn/");
    const headers: Record<string, string> = isLink
      ? { "x-amz-checksum-sha256": sha256Base64(bytes) }
      : { authorization: `Bearer ${apiKey}` };
    let answer: Response;
    try {
      answer = await fetch(url, { method: "PUT", headers, body: bytes as Uint8Array<ArrayBuffer> });
    } catch (error) {
      // A store that refuses bytes by their headers may close the connection on which they still come.
      if (url.startsWith(server.url)) throw error;
      return { status: 400, body: String(error), headers: new Headers() };
    }
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : text, headers: answer.headers };
  }

  const patch = (slot: Slot, change: object) => api("PATCH", `/binaries/${slot.binary}`, change);
  const sign = (binary: string, bytes: Buffer) =>
    api("POST", "/binary_signatures", {
      binary_prn: binary,
      signing_key_prn: key,
      signature: pair.sign(sha256(bytes)),
    });

  /** After the end of a record, mostly somebody makes the next. */
  async function andReplace(slot: Slot, ending: Promise<Answer>): Promise<Answer> {
    const answer = await ending;
    if (answer.status < 300 && random.between(1, 4) > 1) await replace(slot);
    return answer;
  }

  async function announce(slot: Slot): Promise<Answer> {
    const part = random.pick(cut(random.pick(files)));
    const index = part.length === partSize ? 1 : 2;
    const declared = { hash: sha256(part), size: part.length };
    const answer = await api("PUT", `/binaries/${slot.binary}/parts/${index}`, declared);
    if (answer.status === 201) slot.links.push({ url: answer.body.binary_part.presigned_upload_url, part });
    return answer;
  }

  /** Mostly the link's own bytes, mostly of the newest links. */
  async function sendPart(slot: Slot): Promise<Answer> {
    const link = slot.links.at(-random.between(1, 4));
    if (!link) return announce(slot);
    const bytes = random.between(1, 6) === 1 ? random.pick(cut(random.pick(files))) : link.part;
    return put(link.url, bytes);
  }

  async function reset(slot: Slot): Promise<Answer> {
    const bytes = random.pick(files);
    const other = random.between(1, 2) === 1 ? { hash: sha256(bytes), size: bytes.length } : {};
    return patch(slot, { state: "uploadable", ...other });
  }

  async function deleteSignature(slot: Slot): Promise<Answer> {
    const list = await api("GET", `/binary_signatures?search=binary_prn:'${slot.binary}'`);
    const [signature] = list.body.binary_signatures;
    return signature ? api("DELETE", `/binary_signatures/${signature.prn}`) : list;
  }

  /** What is delivered is what the record says, before and after, to the last byte. A store has ETags of its own. */
  async function download(slot: Slot): Promise<Answer> {
    const { binary } = slot;
    const look = async () => (await api("GET", `/binaries/${binary}`)).body.binary;
    const before = await look();
    const link = await api("GET", `/binaries/${binary}/download_url`);
    if (link.status !== 200) return link;
    const answer = await fetch(link.body.download_url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const after = await look();
    const isSame = before?.revision === after?.revision && before?.hash === after?.hash;
    if (answer.status === 200 && isSame && sha256(bytes) !== after?.hash) {
      surprises.push(`${binary} was delivered with wrong bytes`);
    }
    return { status: answer.status, body: null, headers: answer.headers };
  }

  /** How often each is drawn, what it does, and every status that it may be answered with. */
  const operations = {
    announce: { weight: 10, act: announce, allowed: [201, 404, 409, 422] },
    // 403 is what an S3 store says of bytes that the link was not made for.
    sendPart: { weight: 14, act: sendPart, allowed: [200, 201, 400, 403, 404, 409, 422] },
    direct: {
      weight: 3,
      act: (slot: Slot) => put(`${server.url}/binaries/${slot.binary}/content`, random.pick(files)),
      allowed: [200, 404, 409, 422],
    },
    hashable: { weight: 8, act: (slot: Slot) => patch(slot, { state: "hashable" }), allowed: [200, 404, 422] },
    reset: { weight: 2, act: reset, allowed: [200, 404, 422] },
    sign: { weight: 3, act: (slot: Slot) => sign(slot.binary, random.pick(files)), allowed: [201, 404, 422] },
    deleteSignature: { weight: 3, act: deleteSignature, allowed: [200, 404, 422] },
    destroy: {
      weight: 1,
      act: (slot: Slot) => andReplace(slot, api("POST", `/binaries/${slot.binary}/destroy`)),
      allowed: [200, 404, 422],
    },
    remove: {
      weight: 1,
      act: (slot: Slot) => andReplace(slot, api("DELETE", `/binaries/${slot.binary}`)),
      allowed: [204, 404, 409],
    },
    replace: { weight: 3, act: replace, allowed: [201, 422] },
    download: { weight: 4, act: download, allowed: [200, 404, 409, 410] },
    read: { weight: 2, act: (slot: Slot) => api("GET", `/binaries/${slot.binary}`), allowed: [200, 404] },
    parts: { weight: 2, act: (slot: Slot) => api("GET", `/binaries/${slot.binary}/parts`), allowed: [200, 404] },
  };
  const drawn = Object.entries(operations).flatMap(([name, operation]) =>
    Array.from({ length: operation.weight }, () => ({ name, ...operation })),
  );

  return {
    surprises,
    answers,

    /** One operation of one client. */
    async act(): Promise<void> {
      const { name, act, allowed } = random.pick(drawn);
      const { status, body } = await act(random.pick(slots));
      const outcome = `${name} ${status}`;
      answers.set(outcome, (answers.get(outcome) ?? 0) + 1);
      if (!allowed.includes(status)) surprises.push(`${outcome} ${JSON.stringify(body)}`);
    },

    /** Resets what is there, and brings it to its end. */
    async bringAllToSigned(): Promise<{ binary: string; bytes: Buffer }[]> {
      return Promise.all(
        slots.map(async (slot, at) => {
          const bytes = files[at % 2]!;
          await api("POST", `/binaries/${slot.binary}/destroy`);
          await api("DELETE", `/binaries/${slot.binary}`);
          const created = await replace(slot);
          if (created.status !== 201) throw new Error(JSON.stringify(created.body));
          await patch(slot, { hash: sha256(bytes) });
          for (const [at, part] of cut(bytes).entries()) {
            const body = { hash: sha256(part), size: part.length };
            const { body: announced } = await api("PUT", `/binaries/${slot.binary}/parts/${at + 1}`, body);
            await put(announced.binary_part.presigned_upload_url, part);
          }
          await patch(slot, { state: "hashable" });
          await untilVerified(api, slot.binary);
          const signed = await sign(slot.binary, bytes);
          if (signed.status !== 201) throw new Error(JSON.stringify(signed.body));
          return { binary: slot.binary, bytes };
        }),
      );
    },
  };
}
