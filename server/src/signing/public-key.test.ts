import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js";
import { ApiError } from "@open-peridio/contract";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openOpenssl } from "./openssl.fixture.ts";
import { parsePublicKey } from "./public-key.ts";

const openssl = openOpenssl();
afterAll(() => openssl[Symbol.dispose]());

const ed25519 = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest("hex");
const spkiOf = (key: KeyObject) => key.export({ format: "der", type: "spki" });
const pemOf = (key: KeyObject) => key.export({ format: "pem", type: "spki" }).toString();
const armour = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`;
const rawOf = (key: KeyObject) => spkiOf(key).subarray(-32);

/** The sentence of the refusal, which must be a 422 on `value` that repeats nothing of it. */
function refusal(value: string): string {
  try {
    parsePublicKey(value);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error.status).toBe(422);
    expect(Object.keys(error.fields ?? {})).toEqual(["value"]);
    const sentence = error.fields?.value?.join() ?? "";
    const secrets = value.split(/\s+|-----/).filter((word) => word.length >= 16 && !/^[A-Z ]+$/.test(word));
    for (const word of secrets) expect(error.message).not.toContain(word.slice(0, 16));
    return sentence;
  }
  throw new Error("the key was accepted");
}

describe("accepted keys", () => {
  const raw = rawOf(ed25519.publicKey);

  it.each([
    ["base64 of 32 bytes", raw.toString("base64")],
    ["the same among white space", `\n ${raw.toString("base64")}\r\n`],
    ["PEM", pemOf(ed25519.publicKey)],
    ["PEM with Windows line ends", pemOf(ed25519.publicKey).replaceAll("\n", "\r\n")],
    ["PEM whose line ends became blanks", pemOf(ed25519.publicKey).replaceAll("\n", " ")],
  ])("an Ed25519 key is one key as %s", (_form, value) => {
    const key = parsePublicKey(value);
    expect(key.algorithm).toBe("ed25519");
    expect(key.pem).toBe(pemOf(ed25519.publicKey));
    expect(key.spki).toEqual(spkiOf(ed25519.publicKey));
    expect(key.rawEd25519).toEqual(raw);
    expect(key.keyid).toBe(sha256(spkiOf(ed25519.publicKey)));
  });

  it("an Ed25519 key answers to the hash of its raw bytes and to its TUF keyid", () => {
    const tuf = JSON.stringify({
      keytype: "ed25519",
      keyval: { public: raw.toString("hex") },
      scheme: "ed25519",
    });
    expect(parsePublicKey(raw.toString("base64")).aliases).toEqual([sha256(raw), sha256(tuf)]);
  });

  it.each([
    ["rsa", "genrsa -out key.pem 2048"],
    ["rsa", "genrsa -3 -out key.pem 3072"],
    ["ed25519", "genpkey -algorithm ed25519 -out key.pem"],
    ["ecdsa-p256", "ecparam -name prime256v1 -genkey -noout -out key.pem"],
    ["ecdsa-p384", "ecparam -name secp384r1 -genkey -noout -out key.pem"],
    ["ecdsa-p521", "ecparam -name secp521r1 -genkey -noout -out key.pem"],
  ])("%s by openssl %s, with the keyid that a shell computes", (algorithm, command) => {
    openssl.run(command);
    const pem = openssl.run("pkey -in key.pem -pubout").toString();
    openssl.run("pkey -in key.pem -pubout -outform DER -out key.der");
    const key = parsePublicKey(pem);
    expect(key.algorithm).toBe(algorithm);
    expect(key.pem).toBe(pem);
    expect(openssl.run("dgst -sha256 -r key.der").toString()).toContain(key.keyid);
    expect(key.rawEd25519 === null).toBe(algorithm !== "ed25519");
  });

  it("an RSA key in its older armour is the same key", () => {
    const older = rsa.publicKey.export({ format: "pem", type: "pkcs1" }).toString();
    expect(older).toContain("BEGIN RSA PUBLIC KEY");
    expect(parsePublicKey(older).keyid).toBe(parsePublicKey(pemOf(rsa.publicKey)).keyid);
  });

  it.each([
    "-conv_form compressed",
    "-conv_form hybrid",
    "-param_enc explicit",
  ])("an ECDSA key spelled with %s is the same key, under an alias too", (option) => {
    openssl.write("p256.pem", pemOf(p256.publicKey));
    const spelled = openssl.run(`ec -pubin -in p256.pem ${option} -outform DER`);
    expect(spelled).not.toEqual(spkiOf(p256.publicKey));
    const key = parsePublicKey(armour("PUBLIC KEY", spelled));
    expect(key.spki).toEqual(spkiOf(p256.publicKey));
    expect(key.keyid).toBe(sha256(spkiOf(p256.publicKey)));
    expect(key.aliases).toEqual([sha256(spelled)]);
  });
});

describe("private keys are refused with the words to act on", () => {
  const pkcs8 = ed25519.privateKey.export({ format: "der", type: "pkcs8" });
  const seedAndPublic = Buffer.concat([pkcs8.subarray(-32), rawOf(ed25519.publicKey)]);
  const jwk = JSON.stringify(ed25519.privateKey.export({ format: "jwk" }));
  const encrypted = { cipher: "aes-256-cbc", passphrase: "correct horse" };

  it.each([
    ["PKCS#8", ed25519.privateKey.export({ format: "pem", type: "pkcs8" }).toString()],
    ["PKCS#8, RSA", rsa.privateKey.export({ format: "pem", type: "pkcs8" }).toString()],
    ["PKCS#1", rsa.privateKey.export({ format: "pem", type: "pkcs1" }).toString()],
    ["SEC 1", p256.privateKey.export({ format: "pem", type: "sec1" }).toString()],
    ["encrypted PKCS#8", p256.privateKey.export({ format: "pem", type: "pkcs8", ...encrypted }).toString()],
    ["encrypted PKCS#1", rsa.privateKey.export({ format: "pem", type: "pkcs1", ...encrypted }).toString()],
    ["OpenSSH", armour("OPENSSH PRIVATE KEY", randomBytes(100))],
    ["PuTTY", "PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 2\nAAAA\nPrivate-Lines: 1\nAAAA"],
    ["a file of both", pemOf(p256.publicKey) + p256.privateKey.export({ format: "pem", type: "sec1" }).toString()],
    ["PKCS#8 under the wrong label", armour("PUBLIC KEY", pkcs8)],
    ["PKCS#8 without armour", pkcs8.toString("base64")],
    [
      "encrypted PKCS#8 without armour",
      p256.privateKey.export({ format: "der", type: "pkcs8", ...encrypted }).toString("base64"),
    ],
    ["SEC 1 without armour", p256.privateKey.export({ format: "der", type: "sec1" }).toString("base64")],
    ["64 raw bytes, base64", seedAndPublic.toString("base64")],
    ["64 raw bytes, base64 with a line break", seedAndPublic.toString("base64").replace(/.{64}/, "$&\n")],
    ["64 raw bytes, hex", seedAndPublic.toString("hex")],
    ["a JSON Web Key", jwk],
    ["a set of them", `{"keys": [${jwk}]}`],
  ])("%s", (_form, value) => {
    const sentence = refusal(value);
    expect(sentence).toContain("private key");
    expect(sentence).toContain("Send only the public key");
    expect(sentence).toContain("consider the private key exposed");
  });
});

describe("keys that are no good are refused with the reason", () => {
  const rsaOfExponent = (e: Buffer) =>
    pemOf(
      createPublicKey({
        key: { ...rsa.publicKey.export({ format: "jwk" }), e: e.toString("base64url") },
        format: "jwk",
      }),
    );
  const generated = {
    ed448: generateKeyPairSync("ed448").publicKey,
    x25519: generateKeyPairSync("x25519").publicKey,
    "rsa-pss": generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).publicKey,
    dsa: generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 }).publicKey,
  };

  it.each([1024, 2047])("RSA of %i bits, with the number", (bits) => {
    openssl.run(`genrsa -out short.pem ${bits}`);
    const sentence = refusal(openssl.run("pkey -in short.pem -pubout").toString());
    expect(sentence).toMatch(/RSA key of (1024|204[67]) bits; at least 2048/);
  });

  it.each([
    ["1", Buffer.of(1)],
    ["2", Buffer.of(2)],
    ["65536", Buffer.of(1, 0, 0)],
    ["2^40 + 1", Buffer.of(1, 0, 0, 0, 0, 1)],
  ])("RSA with the exponent %s", (_name, exponent) => {
    expect(refusal(rsaOfExponent(exponent))).toContain("exponent");
  });

  it.each(Object.entries(generated))("%s", (type, key) => {
    expect(refusal(pemOf(key))).toContain(`is a key of the type ${type}.`);
  });

  it.each(["secp256k1", "brainpoolP256r1", "secp224r1"])("ECDSA on %s", (curve) => {
    openssl.run(`ecparam -name ${curve} -genkey -noout -out other.pem`);
    expect(refusal(openssl.run("pkey -in other.pem -pubout").toString())).toContain(`on the curve ${curve}`);
  });

  it("a certificate or a request for one, with the command that takes the key out", () => {
    openssl.write("p256.pem", p256.privateKey.export({ format: "pem", type: "pkcs8" }).toString());
    const certificate = openssl.run("req -x509 -new -key p256.pem -subj /CN=device -days 1").toString();
    const request = openssl.run("req -new -key p256.pem -subj /CN=device").toString();
    expect(refusal(certificate)).toContain("openssl x509 -in certificate.pem -noout -pubkey");
    expect(refusal(certificate + certificate)).toContain("openssl x509");
    expect(refusal(request)).toContain("openssl req -in");

    openssl.write("certificate.pem", certificate);
    openssl.run("x509 -in certificate.pem -noout -pubkey -out public.pem");
    expect(parsePublicKey(openssl.read("public.pem").toString()).keyid).toBe(sha256(spkiOf(p256.publicKey)));
  });

  it("more than one PEM block, or text around one", () => {
    const pem = pemOf(ed25519.publicKey);
    expect(refusal(pem + pemOf(p256.publicKey))).toContain("holds 2 PEM blocks");
    expect(refusal(`${pem}\nof the release team`)).toContain("nothing before or after");
    expect(refusal(`release team\n${pem}`)).toContain("nothing before or after");
    expect(refusal(pem.slice(0, -20))).toContain("nothing before or after");
    expect(refusal(armour("PGP PUBLIC KEY BLOCK", randomBytes(50)))).toContain("PEM of another kind");
  });

  it("PEM around anything but exactly one key", () => {
    const spki = spkiOf(ed25519.publicKey);
    expect(refusal(armour("PUBLIC KEY", Buffer.concat([spki, Buffer.of(0)])))).toContain("can't be read");
    expect(refusal(armour("PUBLIC KEY", spki.subarray(0, -1)))).toContain("can't be read");
    expect(refusal(armour("RSA PUBLIC KEY", spki))).toContain("can't be read");
  });

  it("a point that isn't on the curve", () => {
    const spki = Buffer.from(spkiOf(p256.publicKey));
    spki[spki.length - 1]! ^= 1;
    expect(refusal(armour("PUBLIC KEY", spki))).toContain("can't be read");
    const raw = Buffer.concat([Buffer.of(2), Buffer.alloc(31)]);
    expect(refusal(raw.toString("base64"))).toContain("no point of the curve");
  });

  const sign = (hex: string) => {
    const bytes = Buffer.from(hex, "hex");
    bytes[31]! |= 0x80;
    return bytes.toString("hex");
  };
  const p = `ed${"ff".repeat(30)}7f`;
  const pPlus1 = `ee${"ff".repeat(30)}7f`;
  const zero = "00".repeat(32);
  const one = `01${"00".repeat(31)}`;
  const pMinus1 = `ec${"ff".repeat(30)}7f`;
  const smallOrder = [
    ...ED25519_TORSION_SUBGROUP,
    p,
    pPlus1,
    sign(p),
    sign(pPlus1),
    sign(zero),
    sign(one),
    sign(pMinus1),
  ];

  it.each([...new Set(smallOrder)])("the Ed25519 point %s of small order, raw and in PEM", (hex) => {
    const raw = Buffer.from(hex, "hex");
    const problem = /small order|no point of the curve/;
    expect(refusal(raw.toString("base64"))).toMatch(problem);
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
    expect(refusal(armour("PUBLIC KEY", spki))).toMatch(problem);
  });

  it("the Ed25519 encodings of y at or above the prime, which name a point in a second way (RFC 8032 § 5.1.3)", () => {
    for (let first = 0xed; first <= 0xff; first++) {
      const raw = Buffer.from(`${first.toString(16)}${"ff".repeat(30)}7f`, "hex");
      expect(refusal(raw.toString("base64"))).toContain("no point of the curve");
    }
  });

  it.each([
    ["nothing", "", "44 characters"],
    ["words", "my public key", "44 characters"],
    ["31 bytes", randomBytes(31).toString("base64"), "44 characters"],
    ["33 bytes", randomBytes(33).toString("base64"), "44 characters"],
    ["hex", rawOf(ed25519.publicKey).toString("hex"), "is hex"],
    ["SSH", `ssh-ed25519 ${randomBytes(51).toString("base64")} release`, "is an SSH key"],
    ["a JSON Web Key", JSON.stringify(ed25519.publicKey.export({ format: "jwk" })), "is JSON"],
    ["DER without armour", spkiOf(p256.publicKey).toString("base64"), "BEGIN PUBLIC KEY"],
  ])("%s", (_form, value, sentence) => {
    expect(refusal(value)).toContain(sentence);
  });

  it("garbage of every kind, always as a 422", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(() => parsePublicKey(text)).toThrow(ApiError);
        expect(() => parsePublicKey(`-----BEGIN PUBLIC KEY-----${text}-----END PUBLIC KEY-----`)).toThrow(ApiError);
      }),
    );
    const spki = spkiOf(p256.publicKey);
    fc.assert(
      fc.property(fc.nat(spki.length - 1), fc.integer({ min: 1, max: 255 }), (index, difference) => {
        const changed = Buffer.from(spki);
        changed[index]! ^= difference;
        try {
          expect(parsePublicKey(armour("PUBLIC KEY", changed)).spki).not.toEqual(spki);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });
});
