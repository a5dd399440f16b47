import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { KeyAlgorithm, SignedMessage } from "@open-peridio/contract";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeSignature } from "./decode-signature.ts";
import { openOpenssl } from "./openssl.fixture.ts";
import { type PublicKey, parsePublicKey } from "./public-key.ts";
import { deviceAgentAccepts, verifySignature } from "./verify.ts";

const content = Buffer.from("firmware image\n".repeat(10_000));
const hash = createHash("sha256").update(content).digest("hex");
const otherHash = createHash("sha256").update("another image").digest("hex");

const makeKey: Record<string, string> = {
  "RSA-2048": "genrsa -out key.pem 2048",
  "RSA-3072": "genrsa -out key.pem 3072",
  "RSA-4096": "genrsa -out key.pem 4096",
  "RSA-2048 with e = 3": "genrsa -3 -out key.pem 2048",
  "P-256": "ecparam -name prime256v1 -genkey -noout -out key.pem",
  "P-384": "ecparam -name secp384r1 -genkey -noout -out key.pem",
  "P-521": "ecparam -name secp521r1 -genkey -noout -out key.pem",
  Ed25519: "genpkey -algorithm ed25519 -out key.pem",
};
const dgst = "dgst -sha256 -sign key.pem -out signature";
const pss = `${dgst} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:`;
const pkeyutl = "pkeyutl -sign -rawin -inkey key.pem -out signature -in";

/** How people sign: the key, the openssl command, and which message that is. */
const ways: [key: string, command: string, message: SignedMessage][] = [
  ...["RSA-2048", "RSA-3072", "RSA-4096", "RSA-2048 with e = 3", "P-256", "P-384", "P-521"].map(
    (key): [string, string, SignedMessage] => [key, `${dgst} content`, "content"],
  ),
  ...["digest", "max", "0", "auto", "20"].map((salt): [string, string, SignedMessage] => [
    "RSA-2048",
    `${pss}${salt} content`,
    "content",
  ]),
  ["RSA-4096", `${pss}digest content`, "content"],
  ["Ed25519", `${pkeyutl} hash.hex`, "hash_hex"],
  ["Ed25519", `${pkeyutl} hash.bytes`, "hash_bytes"],
  ["Ed25519", `${pkeyutl} content`, "content"],
];

interface Signed {
  key: PublicKey;
  signature: Buffer;
}

const openssl = openOpenssl();
const privateKeys = new Map<string, Buffer>();
const signed = new Map<string, Signed>();

beforeAll(() => {
  openssl.write("content", content);
  openssl.write("hash.hex", hash);
  openssl.write("hash.bytes", Buffer.from(hash, "hex"));
  for (const [key, command] of ways) signed.set(`${key} ${command}`, signBy(key, command));
}, 60_000);
afterAll(() => openssl[Symbol.dispose]());

/** Signs with the key of that name, made at its first use. */
function signBy(name: string, command: string): Signed {
  if (!privateKeys.has(name)) {
    openssl.run(makeKey[name]!);
    privateKeys.set(name, openssl.read("key.pem"));
  }
  openssl.write("key.pem", privateKeys.get(name)!);
  openssl.run(command);
  const key = parsePublicKey(openssl.run("pkey -in key.pem -pubout").toString());
  return { key, signature: openssl.read("signature") };
}

function verified(claim: Signed, claimedHash = hash, claimedContent: Buffer = content): Promise<SignedMessage | null> {
  return verifySignature({ ...claim, hash: claimedHash, openContent: () => Readable.from([claimedContent]) });
}

function flip(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
}

describe.each(ways)("%s signed by openssl %s", (name, command, message) => {
  const good = () => signed.get(`${name} ${command}`)!;

  it(`is a signature over ${message}`, async () => {
    expect(await verified(good())).toBe(message);
  });

  it("is the same in every encoding that people send", async () => {
    const { key, signature } = good();
    const base64 = signature.toString("base64");
    const wrapped = base64.replace(/.{1,76}/g, "$&\n");
    const words = wrapped.trim().replaceAll("\n", " ");
    const hex = signature.toString("hex");
    for (const text of [hex, hex.toUpperCase(), base64, wrapped, words]) {
      expect(await verified({ key, signature: decodeSignature(text) })).toBe(message);
    }
  });

  it("is refused with any bit flipped", async () => {
    const { key, signature } = good();
    await fc.assert(
      fc.asyncProperty(fc.nat(8 * signature.length - 1), async (bit) => {
        expect(await verified({ key, signature: flip(signature, bit) })).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it("is refused for another content", async () => {
    expect(await verified(good(), otherHash, Buffer.from("another image"))).toBeNull();
    const { key, signature } = good();
    const digest = Buffer.from(hash, "hex");
    await fc.assert(
      fc.asyncProperty(fc.nat(255), async (bit) => {
        const claimed = flip(digest, bit).toString("hex");
        expect(await verified({ key, signature }, claimed, flip(content, bit))).toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  it("is refused by every other key", async () => {
    for (const other of signed.values()) {
      if (other.key.keyid === good().key.keyid) continue;
      expect(await verified({ key: other.key, signature: good().signature })).toBeNull();
    }
    const stranger = new Map(privateKeys);
    privateKeys.delete(name);
    const another = signBy(name, command);
    privateKeys.set(name, stranger.get(name)!);
    expect(await verified(another)).toBe(message);
    expect(await verified({ key: another.key, signature: good().signature })).toBeNull();
    expect(await verified({ key: good().key, signature: another.signature })).toBeNull();
  }, 60_000);

  it("is refused when it's cut, extended, empty, all zero, all ones, turned round or doubled", async () => {
    const { key, signature } = good();
    const half = signature.length >> 1;
    const malformed = [
      signature.subarray(0, -1),
      signature.subarray(1),
      signature.subarray(0, half),
      Buffer.concat([signature, Buffer.of(0)]),
      Buffer.concat([Buffer.of(0), signature]),
      Buffer.alloc(0),
      Buffer.alloc(signature.length),
      Buffer.alloc(signature.length, 0xff),
      Buffer.concat([signature.subarray(half), signature.subarray(0, half)]),
      Buffer.from(signature).reverse(),
      Buffer.concat([signature, signature]),
    ];
    for (const bytes of malformed) expect(await verified({ key, signature: bytes })).toBeNull();
  });

  it("is refused for a hash that is none", async () => {
    for (const none of ["", hash.toUpperCase(), `${hash}00`, hash.slice(2), `sha256:${hash}`, `${hash}\n`]) {
      expect(await verified(good(), none, Buffer.of(0))).toBeNull();
    }
  });
});

describe("the content", () => {
  const reads = async (name: string, command: string, spoil: (signature: Buffer) => Buffer = (same) => same) => {
    let opened = 0;
    const { key, signature } = signed.get(`${name} ${command}`)!;
    const openContent = () => {
      opened++;
      return Readable.from([content]);
    };
    await verifySignature({ key, signature: spoil(signature), hash, openContent });
    return opened;
  };

  it("is read once for Ed25519 over it, and never else", async () => {
    for (const [name, command, message] of ways) {
      expect(await reads(name, command)).toBe(name === "Ed25519" && message === "content" ? 1 : 0);
    }
  });

  it("isn't read for RSA and ECDSA, good or bad", async () => {
    for (const [name, command] of ways.filter(([name]) => name !== "Ed25519")) {
      expect(await reads(name, command, (signature) => flip(signature, 77))).toBe(0);
    }
  });

  it("that can't be read is an error, not a refusal", async () => {
    const claim = signed.get(`Ed25519 ${pkeyutl} content`)!;
    const openContent = () => new Readable({ read: () => undefined }).destroy(new Error("the disk is gone"));
    await expect(verifySignature({ ...claim, hash, openContent })).rejects.toThrow("the disk is gone");
  });
});

it("the device agent takes Ed25519 over the hash and nothing else", () => {
  const accepted: [KeyAlgorithm, SignedMessage][] = [
    ["ed25519", "hash_hex"],
    ["ed25519", "hash_bytes"],
  ];
  for (const algorithm of ["ed25519", "rsa", "ecdsa-p256", "ecdsa-p384", "ecdsa-p521"] as const) {
    for (const message of ["hash_hex", "hash_bytes", "content"] as const) {
      const wanted = accepted.some((pair) => pair[0] === algorithm && pair[1] === message);
      expect(deviceAgentAccepts(algorithm, message)).toBe(wanted);
    }
  }
});
