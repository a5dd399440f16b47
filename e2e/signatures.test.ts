import { createHash, createPublicKey, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi, makeBinary, sendPart, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { makeSigningPair } from "./support/official-client.ts";
import { type Openssl, openOpenssl } from "./support/openssl.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";

let server: TestServer;
let api: Api;
let openssl: Openssl;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  openssl = openOpenssl();
  openssl.write("firmware.bin", content);
  openssl.write("other.bin", randomBytes(10_000));
  openssl.write("hash.txt", sha256(content));
  openssl.write("hash.raw", Buffer.from(sha256(content), "hex"));
});

afterAll(async () => {
  openssl.remove();
  await server.stop();
});

const content = randomBytes(10_000);

async function signable(): Promise<string> {
  const prn = await makeBinary(api, content);
  await sendPart(api, prn, 1, content);
  await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
  expect((await untilVerified(api, prn)).state).toBe("signable");
  return prn;
}

async function register(value: string): Promise<{ prn: string; keyid: string; algorithm: string }> {
  const answer = await api("POST", "/signing_keys", { name: `key ${randomUUID()}`, value });
  expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  return answer.body.signing_key;
}

function attach(binary: string, key: { prn: string }, signature: string): Promise<Answer> {
  return api("POST", "/binary_signatures", { binary_prn: binary, signing_key_prn: key.prn, signature });
}

async function read(binary: string): Promise<Answer["body"]> {
  return (await api("GET", `/binaries/${binary}`)).body.binary;
}

/** As the program `base64` prints it: lines of 76 characters. */
function wrapped(signature: Buffer): string {
  return signature.toString("base64").replace(/.{76}/g, "$&\n");
}

const ec = (curve: string): string => `-algorithm EC -pkeyopt ec_paramgen_curve:${curve}`;
const rsa = (bits: number): string => `-algorithm RSA -pkeyopt rsa_keygen_bits:${bits}`;
const pss = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";

/** How people sign with openssl: the key they make, and the command behind `-in` or at its end the file. */
const ways = [
  { what: "RSA-2048", key: rsa(2048), sign: "dgst -sha256 -sign KEY -out sig firmware.bin", algorithm: "rsa" },
  { what: "RSA-4096", key: rsa(4096), sign: "dgst -sha256 -sign KEY -out sig firmware.bin", algorithm: "rsa" },
  { what: "RSA-PSS", key: rsa(2048), sign: `dgst -sha256 ${pss} -sign KEY -out sig firmware.bin`, algorithm: "rsa" },
  {
    what: "ECDSA P-256",
    key: ec("P-256"),
    sign: "dgst -sha256 -sign KEY -out sig firmware.bin",
    algorithm: "ecdsa-p256",
  },
  {
    what: "ECDSA P-384",
    key: ec("P-384"),
    sign: "dgst -sha256 -sign KEY -out sig firmware.bin",
    algorithm: "ecdsa-p384",
  },
  {
    what: "ECDSA P-521",
    key: ec("P-521"),
    sign: "dgst -sha256 -sign KEY -out sig firmware.bin",
    algorithm: "ecdsa-p521",
  },
  {
    what: "Ed25519 over the content",
    key: "-algorithm ED25519",
    sign: "pkeyutl -sign -rawin -inkey KEY -in firmware.bin -out sig",
    algorithm: "ed25519",
  },
  {
    what: "Ed25519 over the text of the hash",
    key: "-algorithm ED25519",
    sign: "pkeyutl -sign -rawin -inkey KEY -in hash.txt -out sig",
    algorithm: "ed25519",
    message: "hash_hex",
  },
  {
    what: "Ed25519 over the bytes of the hash",
    key: "-algorithm ED25519",
    sign: "pkeyutl -sign -rawin -inkey KEY -in hash.raw -out sig",
    algorithm: "ed25519",
    message: "hash_bytes",
  },
].map((way) => ({ message: "content", ...way }));

const encodings = [
  { form: "hex", write: (bytes: Buffer) => bytes.toString("hex") },
  { form: "upper-case hex", write: (bytes: Buffer) => bytes.toString("hex").toUpperCase() },
  { form: "base64", write: (bytes: Buffer) => bytes.toString("base64") },
  { form: "base64 in lines of 76", write: wrapped },
  {
    form: "base64 with blanks and a newline at its end",
    write: (bytes: Buffer) => `${wrapped(bytes).replaceAll("\n", " ")}\n`,
  },
];

describe.each(ways)("a signature that openssl made by $what", ({ what, key, sign, algorithm, message }) => {
  const name = what.replaceAll(" ", "-");
  let registered: { prn: string; keyid: string; algorithm: string };
  let signature: Buffer;

  beforeAll(async () => {
    registered = await register(openssl.makeKey(name, key));
    openssl.run(sign.replace("KEY", `${name}.pem`));
    signature = openssl.read("sig");
  });

  it.each(encodings)("is taken as $form, and signs the binary", async ({ write }) => {
    const binary = await signable();
    const answer = await attach(binary, registered, write(signature));
    expect(answer.status).toBe(201);
    expect(answer.body.binary_signature).toMatchObject({
      binary_prn: binary,
      signing_key_prn: registered.prn,
      keyid: registered.keyid,
      algorithm,
      signed_message: message,
      signature: signature.toString("hex").toUpperCase(),
      device_agent_accepts: message !== "content",
    });
    expect(await read(binary)).toMatchObject({
      state: "signed",
      signatures: [{ keyid: registered.keyid, device_agent_accepts: message !== "content" }],
    });
  });

  it("is refused when it is over another file, and the binary stays as it is", async () => {
    const binary = await signable();
    const before = await read(binary);
    openssl.write("other.txt", sha256(openssl.read("other.bin")));
    openssl.run(sign.replace("KEY", `${name}.pem`).replace(/firmware\.bin|hash\.txt|hash\.raw/, "other.bin"));
    await expectNotVerified(binary, registered, openssl.read("sig"));
    expect(await read(binary)).toEqual(before);
  });

  it("is refused with another key of its kind, and the binary stays as it is", async () => {
    const other = await register(openssl.makeKey(`${name}-other`, key));
    const binary = await signable();
    const before = await read(binary);
    await expectNotVerified(binary, other, signature);
    expect(await read(binary)).toEqual(before);
  });

  it("is refused with one bit flipped, cut short, or with a byte too many", async () => {
    const binary = await signable();
    const flipped = Buffer.from(signature);
    flipped[signature.length - 1]! ^= 1;
    for (const wrong of [flipped, signature.subarray(0, -1), Buffer.concat([signature, Buffer.from([0])])]) {
      await expectNotVerified(binary, registered, wrong);
    }
    expect(await read(binary)).toMatchObject({ state: "signable", signatures: [] });
  });
});

async function expectNotVerified(
  binary: string,
  key: { prn: string; keyid: string },
  signature: Buffer,
): Promise<void> {
  const problem = `does not verify with key ${key.keyid} over the binary's content or hash ${sha256(content)}`;
  expectRefusal(await attach(binary, key, signature.toString("base64")), field("signature", problem));
}

describe("a signature", () => {
  it.each([
    { what: "words", signature: "not a signature!", problem: "is neither hex nor base64: it holds other characters" },
    { what: "blanks", signature: " \n ", problem: "is empty" },
    { what: "nothing", signature: "", problem: "must have at least 1 character; got 0" },
    {
      what: "hex with a digit missing",
      signature: "abc",
      problem: "is hex of an odd number of digits, 3: some are missing",
    },
    {
      what: "a PEM block",
      signature: "-----BEGIN X-----",
      problem: "must be bare hex or base64, without PEM lines around it",
    },
    {
      what: "a part of base64",
      signature: "xyzzy",
      problem: "is base64 of an impossible length: some characters are missing or too many",
    },
    { what: "a novel", signature: "A".repeat(16_385), problem: "must have at most 16384 characters; got 16385" },
  ])("that is $what is refused", async ({ signature, problem }) => {
    const key = await register(makeSigningPair().value);
    expectRefusal(await attach(await signable(), key, signature), field("signature", problem));
  });

  it("is refused while the content isn't verified, and once it is destroyed", async () => {
    const pair = makeSigningPair();
    const key = await register(pair.value);
    const waiting = await makeBinary(api, content);
    const gone = await signable();
    await api("POST", `/binaries/${gone}/destroy`);
    for (const [binary, state] of [
      [waiting, "uploadable"],
      [gone, "destroyed"],
    ] as const) {
      const problem = `must be 'signable' or 'signed' to take a signature; the binary is '${state}'`;
      expectRefusal(await attach(binary, key, pair.sign(sha256(content))), field("binary_prn", problem));
    }
  });

  it("by the same key again is the same one, and another one is refused", async () => {
    openssl.makeKey("twice", ec("P-256"));
    const key = await register(openssl.read("twice.pub").toString());
    const binary = await signable();
    const sign = (): string => {
      openssl.run("dgst -sha256 -sign twice.pem -out sig firmware.bin");
      return openssl.read("sig").toString("hex");
    };
    const signature = sign();
    const first = await attach(binary, key, signature);
    const again = await attach(binary, key, Buffer.from(signature, "hex").toString("base64"));
    expect([again.status, again.body]).toEqual([201, first.body]);
    const { prn } = first.body.binary_signature;
    // ECDSA takes a fresh random number each time, so this one is valid too, and different.
    expectRefusal(
      await attach(binary, key, sign()),
      field("signing_key_prn", `has signed this binary already (${prn}); delete that signature first`),
    );
    expect((await read(binary)).signatures).toHaveLength(1);
  });

  it("may come from several keys, and the binary is signable again only when the last is gone", async () => {
    const binary = await signable();
    const signatures: string[] = [];
    for (let count = 1; count <= 3; count++) {
      const pair = makeSigningPair();
      const answer = await attach(binary, await register(pair.value), pair.sign(sha256(content)));
      expect(answer.status).toBe(201);
      signatures.push(answer.body.binary_signature.prn);
      expect(await read(binary)).toMatchObject({ state: "signed" });
      expect((await read(binary)).signatures).toHaveLength(count);
    }
    for (const [at, prn] of signatures.entries()) {
      expect((await api("DELETE", `/binary_signatures/${prn}`)).status).toBe(200);
      expect((await read(binary)).state).toBe(at < 2 ? "signed" : "signable");
    }
    const pair = makeSigningPair();
    expect((await attach(binary, await register(pair.value), pair.sign(sha256(content)))).status).toBe(201);
    expect((await read(binary)).state).toBe("signed");
  });

  it("may name its key by each of its keyids, in either case", async () => {
    const pair = makeSigningPair();
    const { keyid, prn } = await register(pair.value);
    const raw = Buffer.from(pair.value, "base64");
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
    const tuf = `{"keytype":"ed25519","keyval":{"public":"${raw.toString("hex")}"},"scheme":"ed25519"}`;
    expect(keyid).toBe(digest(spki));
    for (const name of [keyid, keyid.toUpperCase(), digest(raw), digest(tuf)]) {
      const answer = await api("POST", "/binary_signatures", {
        binary_prn: await signable(),
        signing_key_keyid: name,
        signature: pair.sign(sha256(content)),
      });
      expect([answer.status, answer.body.binary_signature?.signing_key_prn]).toEqual([201, prn]);
      for (const key of ["keyid", "signature.signing_key.keyid"]) {
        const found = await api("GET", `/binary_signatures?${new URLSearchParams({ search: `${key}:'${name}'` })}`);
        expect(found.body.binary_signatures[0].keyid).toBe(keyid);
      }
    }
  });

  it("is refused when PRN and keyid name two keys, or no key is there", async () => {
    const [one, two] = [await register(makeSigningPair().value), await register(makeSigningPair().value)];
    const binary_prn = await signable();
    const both = { binary_prn, signature: "00", signing_key_prn: one.prn, signing_key_keyid: two.keyid };
    expectRefusal(
      await api("POST", "/binary_signatures", both),
      field("signing_key_keyid", `names another key than signing_key_prn, whose keyid is ${one.keyid}`),
    );
    const missing = `there is no signing key with the keyid 'unknown' in this organization`;
    expectRefusal(
      await api("POST", "/binary_signatures", { binary_prn, signature: "00", signing_key_keyid: "unknown" }),
      refusal(404, "not_found", missing),
    );
  });
});

describe("a key", () => {
  it("has the SHA-256 of its DER as keyid, whether it comes raw or as PEM", async () => {
    const pem = openssl.makeKey("one", "-algorithm ED25519");
    const key = await register(pem);
    const der = createPublicKey(pem).export({ format: "der", type: "spki" });
    expect(key.keyid).toBe(digest(der));
    const raw = der.subarray(-32).toString("base64");
    expectRefusal(
      await api("POST", "/signing_keys", { name: "again", value: raw }),
      field("value", `is registered already under the keyid ${key.keyid}; a key counts only once`),
    );
  });

  it("comes back as it was sent", async () => {
    const pem = openssl.makeKey("as-sent", ec("P-256"));
    const { prn } = await register(`${pem}\n`);
    expect((await api("GET", `/signing_keys/${prn}`)).body.signing_key).toMatchObject({
      value: `${pem}\n`,
      revoked_at: null,
    });
  });

  it("keeps its value once it has signed something, but may be renamed", async () => {
    const pair = makeSigningPair();
    const key = await register(pair.value);
    const path = `/signing_keys/${key.prn}`;
    const next = makeSigningPair().value;
    expect((await api("PATCH", path, { value: next })).status).toBe(200);
    expect((await api("PATCH", path, { value: pair.value })).status).toBe(200);
    await attach(await signable(), key, pair.sign(sha256(content)));
    expectRefusal(
      await api("PATCH", path, { value: next }),
      field("value", "can't change once the key has signed something; register the new key beside it"),
    );
    expect((await api("PATCH", path, { name: "renamed" })).body.signing_key).toMatchObject({
      name: "renamed",
      value: pair.value,
    });
  });
});

describe("a revoked key", () => {
  const blocked = refusal(
    409,
    "conflict",
    "every key that signed this binary is revoked; sign it with another key first",
  );

  async function signedBy(count: number) {
    const binary = await signable();
    const keys: { prn: string; keyid: string }[] = [];
    for (let made = 0; made < count; made++) {
      const pair = makeSigningPair();
      const key = await register(pair.value);
      expect((await attach(binary, key, pair.sign(sha256(content)))).status).toBe(201);
      keys.push(key);
    }
    return { binary, keys };
  }

  function revoke(key: { prn: string }): Promise<Answer> {
    return api("PATCH", `/signing_keys/${key.prn}`, { revoked: true });
  }

  function link(binary: string): Promise<Answer> {
    return api("GET", `/binaries/${binary}/download_url`);
  }

  async function follow(url: string): Promise<number> {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status;
  }

  it("signs nothing more, and there is no way back", async () => {
    const pair = makeSigningPair();
    const key = await register(pair.value);
    const { body } = await revoke(key);
    const at = body.signing_key.revoked_at;
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    const binary = await signable();
    expectRefusal(
      await attach(binary, key, pair.sign(sha256(content))),
      field("signing_key_prn", `was revoked at ${at} and signs nothing more; use another key`),
    );
    expect((await read(binary)).state).toBe("signable");
    expectRefusal(
      await api("PATCH", `/signing_keys/${key.prn}`, { revoked: false }),
      field("revoked", "must be true; got false"),
    );
    expect((await revoke(key)).body.signing_key.revoked_at).toBe(at);
  });

  it("takes the download of what only it signed away, old links included", async () => {
    const { binary, keys } = await signedBy(1);
    const before = (await link(binary)).body.download_url;
    expect(await follow(before)).toBe(200);
    await revoke(keys[0]!);
    expectRefusal(await link(binary), blocked);
    expectRefusal(await callApi("", "")("GET", before), blocked);
    expect((await read(binary)).state).toBe("signed");

    const pair = makeSigningPair();
    expect((await attach(binary, await register(pair.value), pair.sign(sha256(content)))).status).toBe(201);
    expect(await follow((await link(binary)).body.download_url)).toBe(200);
    expect(await follow(before)).toBe(200);
  });

  it("leaves what another live key signed too", async () => {
    const { binary, keys } = await signedBy(2);
    const before = (await link(binary)).body.download_url;
    await revoke(keys[0]!);
    expect([(await link(binary)).status, await follow(before)]).toEqual([200, 200]);
    await revoke(keys[1]!);
    expect([(await link(binary)).status, await follow(before)]).toEqual([409, 409]);
  });
});

function digest(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}
