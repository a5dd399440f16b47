import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type Api,
  announcePart,
  callApi,
  cut,
  makeBinary,
  makeVersion,
  partSize,
  sendPart,
  sha256,
  sha256Base64,
  untilVerified,
} from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { usualBackend } from "./support/backend.ts";
import { fuzzClients } from "./support/fuzz.ts";
import { makeSigningPair } from "./support/official-client.ts";
import { makeRandom } from "./support/random.ts";
import {
  contradictions,
  filesOf,
  leftovers,
  storedBinaries,
  storedBinary,
  storedEvents,
  storedParts,
} from "./support/stored.ts";
import { openUpload } from "./support/streaming.ts";
import { until } from "./support/until.ts";

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
});

afterAll(async () => {
  expect(contradictions(server)).toEqual([]);
  await until("nothing is left over", () => leftovers(server).length === 0, 10).catch(() =>
    expect(leftovers(server)).toEqual([]),
  );
  await server.stop();
});

const right = randomBytes(partSize);
const wrong = randomBytes(partSize);
const middle = partSize / 2;

/** Whether parts come to the server; else they go straight to the store, and only whole contents pass the server. */
const takesParts = usualBackend.endsWith("files");

const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status);
const times = <T>(count: number, ask: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, number) => ask(number)));
const patch = (binary: string, change: object): Promise<Answer> => api("PATCH", `/binaries/${binary}`, change);

/** What the server logged of requests that it could not answer as it should. */
function failures(): string[] {
  const lines = server.output().split("\n");
  return lines.filter((line) => line.includes('"msg":"request failed"'));
}

/** Waits until the server has written the first bytes of this many uploads. */
async function untilWriting(binary: string, files: number): Promise<void> {
  await until(`${files} uploads are being written`, () => {
    const sizes = [...filesOf(server, storedBinary(server, binary)).values()];
    return sizes.filter((size) => size > 0).length === files;
  });
}

async function expectContent(binary: string, bytes: Uint8Array): Promise<void> {
  const { body } = await api("GET", `/binaries/${binary}/download_url`);
  const answer = await fetch(body.download_url);
  expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(bytes));
}

async function completes(binary: string, bytes: Uint8Array): Promise<void> {
  expect((await patch(binary, { state: "hashable" })).status).toBe(200);
  expect((await untilVerified(api, binary)).state).toBe("signable");
  await expectContent(binary, bytes);
}

async function signable(bytes: Uint8Array = right): Promise<string> {
  const binary = await makeBinary(api, bytes);
  expect((await put(binary, bytes)).status).toBe(200);
  return binary;
}

/** Direct upload. */
const put = (binary: string, bytes: Uint8Array): Promise<Answer> => openDirect(binary, bytes).end(bytes);
const openDirect = (binary: string, bytes: Uint8Array) =>
  openUpload(`${server.url}/binaries/${binary}/content`, bytes.length);

async function registerKey(value: string): Promise<string> {
  const answer = await api("POST", "/signing_keys", { name: `key ${randomBytes(8).toString("hex")}`, value });
  return answer.body.signing_key.prn;
}

function expectSuperseded(answer: Answer): void {
  expect([answer.status, answer.body]).toEqual([
    409,
    { errors: { code: "upload_superseded", detail: expect.any(String) } },
  ]);
}

function partState(binary: string): string {
  return storedParts(server, binary)
    .map(({ part_index, state, hash }) => `${part_index} ${state} ${hash}`)
    .join();
}

describe.runIf(takesParts)("two clients that send the same part at once", () => {
  it("both succeed with the same bytes", async () => {
    const binary = await makeBinary(api, right);
    const link = await announcePart(api, binary, 1, right);
    const uploads = [openUpload(link, partSize), openUpload(link, partSize)];
    for (const upload of uploads) await upload.write(right.subarray(0, middle));
    await untilWriting(binary, 2);
    const answers = await Promise.all(uploads.map((upload) => upload.end(right.subarray(middle))));
    expect(statuses(answers)).toEqual([200, 200]);
    expect(partState(binary)).toBe(`1 valid ${sha256(right)}`);
    await completes(binary, right);
  });

  const orders = [
    { first: "right", done: "right" },
    { first: "right", done: "wrong" },
    { first: "wrong", done: "right" },
    { first: "wrong", done: "wrong" },
  ];

  it.each(orders)("keep the right bytes: $first ones begin, $done ones end first", async ({ first, done }) => {
    const binary = await makeBinary(api, right);
    const link = await announcePart(api, binary, 1, right);
    const open = async (bytes: Buffer) => {
      const upload = openUpload(link, partSize);
      await upload.write(bytes.subarray(0, middle));
      return () => upload.end(bytes.subarray(middle));
    };
    const [beginner, follower] = first === "right" ? [right, wrong] : [wrong, right];
    const endBeginner = await open(beginner);
    await untilWriting(binary, 1);
    const endFollower = await open(follower);
    await untilWriting(binary, 2);
    const [endRight, endWrong] = first === "right" ? [endBeginner, endFollower] : [endFollower, endBeginner];

    const early = await (done === "right" ? endRight() : endWrong());
    const late = await (done === "right" ? endWrong() : endRight());

    const [good, bad] = done === "right" ? [early, late] : [late, early];
    expect(good.status).toBe(200);
    expect([bad.status, bad.body.errors.code]).toEqual([400, "checksum_mismatch"]);
    expect(partState(binary)).toBe(`1 valid ${sha256(right)}`);
    await completes(binary, right);
  });

  it.each(["before", "after"])("of which one was announced anew: the old ends %s the new", async (order) => {
    const binary = await makeBinary(api, right);
    const old = openUpload(await announcePart(api, binary, 1, wrong), partSize);
    await old.write(wrong.subarray(0, middle));
    await untilWriting(binary, 1);
    const anew = openUpload(await announcePart(api, binary, 1, right), partSize);
    await anew.write(right.subarray(0, middle));
    await untilWriting(binary, 2);
    const endOld = async () => expectSuperseded(await old.end(wrong.subarray(middle)));
    const endNew = async () => expect((await anew.end(right.subarray(middle))).status).toBe(200);
    for (const end of order === "before" ? [endOld, endNew] : [endNew, endOld]) await end();
    expect(partState(binary)).toBe(`1 valid ${sha256(right)}`);
    await completes(binary, right);
  });
});

describe.runIf(!takesParts)("two clients that send the same part straight to the store", () => {
  const send = async (link: string, bytes: Buffer): Promise<number> => {
    const headers = { "x-amz-checksum-sha256": sha256Base64(bytes) };
    return (await fetch(link, { method: "PUT", headers, body: bytes as Uint8Array<ArrayBuffer> })).status;
  };

  it("both succeed with the same bytes", async () => {
    const binary = await makeBinary(api, right);
    const link = await announcePart(api, binary, 1, right);
    for (const status of await times(4, () => send(link, right))) expect([200, 201]).toContain(status);
    await completes(binary, right);
  });

  it("never bring a binary further with the bytes of a link that was replaced, though they came last", async () => {
    const binary = await makeBinary(api, right);
    const old = await announcePart(api, binary, 1, wrong);
    const anew = await announcePart(api, binary, 1, right);
    await send(anew, right);
    await send(old, wrong);
    await patch(binary, { state: "hashable" });
    const { state } = await untilVerified(api, binary);
    if (state === "signable") await expectContent(binary, right);
    else {
      expect(state).toBe("uploadable");
      expect([200, 201]).toContain(await sendPart(api, binary, 1, right));
      await completes(binary, right);
    }
  });
});

describe("many clients that ask for the same move at once", () => {
  it("all become `hashable`, which happens once", async () => {
    const binary = await makeBinary(api, right);
    await sendPart(api, binary, 1, right);
    const answers = await times(20, () => patch(binary, { state: "hashable" }));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect((await untilVerified(api, binary)).state).toBe("signable");
    const moves = storedEvents(server, binary).map(({ to }) => to);
    expect(moves).toEqual(["uploadable", "hashable", "hashing", "signable"]);
    await expectContent(binary, right);
  });

  it("all become `destroyed`, which happens once", async () => {
    const binary = await signable();
    const answers = await times(20, () => patch(binary, { state: "destroyed" }));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(storedEvents(server, binary).filter(({ to }) => to === "destroyed")).toHaveLength(1);
  });

  it.runIf(takesParts)("all reset, and the parts that were on their way are refused", async () => {
    const bytes = randomBytes(4 * partSize);
    const binary = await makeBinary(api, bytes);
    const parts = cut(bytes);
    const links = await Promise.all(parts.map((part, at) => announcePart(api, binary, at + 1, part)));
    const uploads = links.map((link) => openUpload(link, partSize));
    await Promise.all(uploads.map((upload, at) => upload.write(parts[at]!.subarray(0, middle))));
    await untilWriting(binary, 1);

    const resets = await times(20, () => patch(binary, { state: "uploadable" }));
    const answers = await Promise.all(uploads.map((upload, at) => upload.end(parts[at]!.subarray(middle))));

    expect(new Set(statuses(resets))).toEqual(new Set([200]));
    answers.forEach(expectSuperseded);
    expect(storedParts(server, binary)).toEqual([]);
    expect(storedBinary(server, binary)).toMatchObject({ state: "uploadable", revision: 20 });
    expectSuperseded(await openUpload(links[0]!, partSize).end(parts[0]));
    for (const [at, part] of parts.entries()) expect(await sendPart(api, binary, at + 1, part)).toBe(200);
    await completes(binary, bytes);
  });

  it.runIf(takesParts)("don't wait for a client that has fallen silent", async () => {
    const binary = await makeBinary(api, right);
    const silent = openUpload(await announcePart(api, binary, 1, right), partSize);
    await silent.write(right.subarray(0, middle));
    await untilWriting(binary, 1);
    expect((await patch(binary, { state: "uploadable" })).status).toBe(200);
    expectSuperseded(await silent.answer);
    expect(await sendPart(api, binary, 1, right)).toBe(200);
    await completes(binary, right);
  });
});

describe("two moves that exclude one another", () => {
  it("reset and `hashable`: the upload starts over", async () => {
    await times(10, async (round) => {
      const binary = await makeBinary(api, right);
      await sendPart(api, binary, 1, right);
      const reset = () => patch(binary, { state: "uploadable" });
      const complete = () => patch(binary, { state: "hashable" });
      const [first, second] = round % 2 === 0 ? [reset, complete] : [complete, reset];
      const answers = await Promise.all([first(), second()]);
      const [resetAnswer, completeAnswer] = round % 2 === 0 ? answers : answers.toReversed();
      expect(resetAnswer!.status).toBe(200);
      expect([200, 422]).toContain(completeAnswer!.status);
      if (completeAnswer!.status === 422) expect(completeAnswer!.body.errors.state[0]).toContain("parts add up to 0");
      expect(storedBinary(server, binary)).toMatchObject({ state: "uploadable", revision: 1 });
    });
  });

  const keys = [
    {
      over: "the hash",
      make: () => {
        const pair = makeSigningPair();
        return { value: pair.value, signature: pair.sign(sha256(right)) };
      },
    },
    {
      over: "the content",
      make: () => {
        const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        const value = publicKey.export({ type: "spki", format: "pem" });
        return { value: value.toString(), signature: sign("sha256", right, privateKey).toString("base64") };
      },
    },
  ];

  for (const end of ["destroyed", "uploadable"]) {
    it.each(keys)(`${end} and a signature over $over: one comes first`, async ({ make }) => {
      const { value, signature } = make();
      const key = await registerKey(value);
      await times(10, async () => {
        const binary = await signable();
        const signing = api("POST", "/binary_signatures", { binary_prn: binary, signing_key_prn: key, signature });
        const ending = patch(binary, { state: end });
        const [signed, ended] = await Promise.all([signing, ending]);
        if (signed.status === 422) {
          expect(signed.body.errors.binary_prn[0]).toMatch(/^(must be 'signable' or 'signed'|was reset)/);
          expect(ended.status).toBe(200);
        } else {
          expect(signed.status).toBe(201);
          // What was signed is only destroyed, never reset.
          expect(ended.status).toBe(end === "destroyed" ? 200 : 422);
        }
        const { state } = storedBinary(server, binary);
        expect(state).toBe(ended.status === 200 ? end : "signed");
      });
    });
  }
});

describe("many clients that make the same thing at once", () => {
  it("sign with one key: one signature, which all are given", async () => {
    const binary = await signable();
    const pair = makeSigningPair();
    const key = await registerKey(pair.value);
    const body = { binary_prn: binary, signing_key_prn: key, signature: pair.sign(sha256(right)) };
    const answers = await times(10, () => api("POST", "/binary_signatures", body));
    expect(new Set(statuses(answers))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.binary_signature.prn)).size).toBe(1);
    const { body: list } = await api("GET", `/binary_signatures?search=binary_prn:'${binary}'`);
    expect(list.binary_signatures).toHaveLength(1);
    expect(storedEvents(server, binary).filter(({ to }) => to === "signed")).toHaveLength(1);
    await expectContent(binary, right);
  });

  it("create one target of a version: one does, the others are told", async () => {
    const body = { artifact_version_prn: await makeVersion(api), target: "universal" };
    const answers = await times(20, () => api("POST", "/binaries", body));
    expect(statuses(answers).toSorted()).toEqual([201, ...Array(19).fill(422)]);
    for (const { status, body } of answers) {
      if (status === 422) expect(body.errors.target[0]).toContain("has a binary in this version already");
    }
  });

  it.runIf(takesParts)("upload the whole content: the first to end wins", async () => {
    const binary = await makeBinary(api, right);
    const uploads = [openDirect(binary, right), openDirect(binary, right)] as const;
    for (const upload of uploads) await upload.write(right.subarray(0, middle));
    await untilWriting(binary, 2);
    const winner = await uploads[1].end(right.subarray(middle));
    expect([winner.status, winner.body.binary.state]).toEqual([200, "signable"]);
    expectSuperseded(await uploads[0].answer);
    await expectContent(binary, right);
  });

  it.runIf(takesParts)(
    "upload the whole content and its parts: the whole ends first, the parts are refused",
    async () => {
      const binary = await makeBinary(api, right);
      const part = openUpload(await announcePart(api, binary, 1, right), partSize);
      await part.write(right.subarray(0, middle));
      const whole = openDirect(binary, right);
      await whole.write(right.subarray(0, middle));
      await untilWriting(binary, 2);
      expect((await whole.end(right.subarray(middle))).status).toBe(200);
      expectSuperseded(await part.end(right.subarray(middle)));
      expect(storedParts(server, binary)).toEqual([]);
      await expectContent(binary, right);
    },
  );

  it.runIf(takesParts)(
    "upload the whole content and its parts: the parts end first, the whole is refused",
    async () => {
      const binary = await makeBinary(api, right);
      const whole = openDirect(binary, right);
      await whole.write(right.subarray(0, middle));
      await untilWriting(binary, 1);
      expect(await sendPart(api, binary, 1, right)).toBe(200);
      await completes(binary, right);
      expectSuperseded(await whole.end(right.subarray(middle)));
      await expectContent(binary, right);
    },
  );
});

describe("eight clients that do whatever they like with three binaries", () => {
  it("get answers that the protocol has, and leave binaries that can still be signed", async () => {
    const random = makeRandom();
    console.log(`E2E_SEED=${random.seed}`);
    const fuzz = await fuzzClients(server, random);
    const seconds = 12;
    const deadline = Date.now() + seconds * 1000;
    await times(8, async () => {
      while (Date.now() < deadline) await fuzz.act();
    });
    console.log(Object.fromEntries([...fuzz.answers].toSorted()));
    expect([...fuzz.surprises, ...failures()]).toEqual([]);
    await until("everything is verified", () =>
      storedBinaries(server).every(({ state }) => state !== "hashable" && state !== "hashing"),
    );
    expect(contradictions(server)).toEqual([]);
    for (const { binary, bytes } of await fuzz.bringAllToSigned()) await expectContent(binary, bytes);
    expect(failures()).toEqual([]);
  });
});
