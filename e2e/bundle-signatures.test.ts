import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { type Openssl, openOpenssl } from "./support/openssl.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";

let server: TestServer;
let api: Api;
let signer: TestSigner;
let openssl: Openssl;
/** A bundle whose hash is in `hash.txt` and, as bytes, in `hash.raw`. */
let bundle: { prn: string; hash: string };

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  signer = await makeSigner(api);
  openssl = openOpenssl();
  bundle = await makeBundle();
  openssl.write("hash.txt", bundle.hash);
  openssl.write("hash.raw", Buffer.from(bundle.hash, "hex"));
  openssl.write("other.txt", createHash("sha256").update("other").digest("hex"));
});
afterAll(async () => {
  openssl.remove();
  await server.stop();
});

async function makeBundle(): Promise<{ prn: string; hash: string }> {
  const prn = await signedBinary(server, api, signer);
  const answer = await api("POST", "/bundles", { binaries: [{ prn }] }, { "x-api-version": "2" });
  return answer.body.bundle;
}

async function register(value: string): Promise<{ prn: string; keyid: string }> {
  const answer = await api("POST", "/signing_keys", { name: randomUUID(), value });
  expect(answer.status).toBe(201);
  return answer.body.signing_key;
}

const attach = (key: { prn: string }, signature: string, prn = bundle.prn): Promise<Answer> =>
  api("POST", "/bundle_signatures", { bundle_prn: prn, signing_key_prn: key.prn, signature });

const ed25519 = "-algorithm Ed25519";
const rsa = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
const ec = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
const pss = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";

describe("a signature of a bundle made by openssl", () => {
  it.each([
    ["Ed25519 over the hash", ed25519, "pkeyutl -sign -rawin -in hash.txt", "hash_hex"],
    ["Ed25519 over its bytes", ed25519, "pkeyutl -sign -rawin -in hash.raw", "hash_bytes"],
    ["RSA over the hash", rsa, "dgst -sha256 -sign key.pem hash.txt", "hash_hex"],
    ["RSA-PSS over the hash", rsa, `dgst -sha256 ${pss} -sign key.pem hash.txt`, "hash_hex"],
    ["RSA with the hash as the digest", rsa, "pkeyutl -sign -pkeyopt digest:sha256 -in hash.raw", "content"],
    ["ECDSA over the hash", ec, "dgst -sha256 -sign key.pem hash.txt", "hash_hex"],
    ["ECDSA with the hash as the digest", ec, "pkeyutl -sign -in hash.raw", "content"],
  ])("is taken: %s", async (_name, algorithm, command, message) => {
    const key = await register(openssl.makeKey("key", algorithm));
    openssl.run(
      command.startsWith("dgst")
        ? command.replace("-sign key.pem", "-out sig -sign key.pem")
        : `${command} -inkey key.pem -out sig`,
    );
    const signature = openssl.read("sig");
    const answer = await attach(key, signature.toString("base64"));
    expect(answer.status).toBe(201);
    expect(answer.body.bundle_signature).toMatchObject({
      bundle_prn: bundle.prn,
      signing_key_prn: key.prn,
      keyid: key.keyid,
      signature: signature.toString("hex").toUpperCase(),
      signed_message: message,
    });

    openssl.run(
      algorithm === ed25519
        ? "pkeyutl -sign -rawin -in other.txt -inkey key.pem -out bad"
        : "dgst -sha256 -out bad -sign key.pem other.txt",
    );
    const bad = await attach(key, openssl.read("bad").toString("hex"));
    const hint = `The hash is ${bundle.hash}, the key's keyid is ${key.keyid}.`;
    // The official client looks for these words.
    const problem = `Invalid signature. You must sign the hash of the bundle. ${hint}`;
    expectRefusal(bad, field("signature", problem));
  });
});

describe("signatures of a bundle", () => {
  it("are listed with it, oldest first, and by themselves", async () => {
    const one = await makeBundle();
    const signers = [signer, await makeSigner(api)];
    const made = [];
    for (const by of signers) made.push((await attach(by, by.sign(one.hash), one.prn)).body.bundle_signature);
    expect((await api("GET", `/bundles/${one.prn}/signatures`)).body).toEqual({
      signatures: made.map(({ signature, signing_key_prn, keyid }) => ({ signature, signing_key_prn, keyid })),
    });
    expect((await api("GET", `/bundle_signatures/${made[0].prn}`)).body.bundle_signature).toEqual(made[0]);
    for (const clause of [
      `signature.signing_key.keyid:'${signers[1]!.keyid}'`,
      `keyid:'${signers[1]!.keyid}'`,
      `signing_key_prn:'${signers[1]!.prn}'`,
      `signature:'${made[1].signature.toLowerCase()}'`,
    ]) {
      const search = encodeURIComponent(`bundle_prn:'${one.prn}' and ${clause}`);
      const { bundle_signatures } = (await api("GET", `/bundle_signatures?search=${search}`)).body;
      expect(bundle_signatures).toEqual([made[1]]);
    }
  });

  it("are one for each key: the same again is the same one, another is refused", async () => {
    const one = await makeBundle();
    const key = await register(openssl.makeKey("again", ec));
    const sign = () => {
      openssl.write("again.txt", one.hash);
      openssl.run("dgst -sha256 -out again.sig -sign again.pem again.txt");
      return openssl.read("again.sig").toString("hex");
    };
    const signature = sign();
    const first = await attach(key, signature, one.prn);
    expect(await attach(key, signature, one.prn)).toMatchObject({ status: 201, body: first.body });
    const { prn } = first.body.bundle_signature;
    const problem = `has signed this bundle already (${prn}); delete that signature first`;
    expectRefusal(await attach(key, sign(), one.prn), field("signing_key_prn", problem));

    expect((await api("DELETE", `/bundle_signatures/${prn}`)).status).toBe(204);
    const gone = `there is no bundle signature '${prn}' in this organization`;
    expectRefusal(await api("GET", `/bundle_signatures/${prn}`), refusal(404, "not_found", gone));
    expect((await attach(key, sign(), one.prn)).status).toBe(201);
  });

  it("made by many requests at once are one", async () => {
    const one = await makeBundle();
    const answers = await Promise.all(Array.from({ length: 8 }, () => attach(signer, signer.sign(one.hash), one.prn)));
    expect(new Set(answers.map(({ body }) => body.bundle_signature.prn)).size).toBe(1);
  });

  it("keep their key: it can be revoked, but neither deleted nor changed", async () => {
    const one = await makeBundle();
    const key = await makeSigner(api);
    await attach(key, key.sign(one.hash), one.prn);
    const detail = `the key has signed '${one.prn}'; revoke it instead with PATCH {"revoked": true}`;
    expectRefusal(await api("DELETE", `/signing_keys/${key.prn}`), refusal(409, "conflict", detail));
    const changed = await api("PATCH", `/signing_keys/${key.prn}`, { value: openssl.makeKey("new", ed25519) });
    const problem = "can't change once the key has signed something; register the new key beside it";
    expectRefusal(changed, field("value", problem));

    const { signing_key } = (await api("PATCH", `/signing_keys/${key.prn}`, { revoked: true })).body;
    const other = await makeBundle();
    expectRefusal(
      await attach(key, key.sign(other.hash), other.prn),
      field("signing_key_prn", `was revoked at ${signing_key.revoked_at} and signs nothing more; use another key`),
    );
  });

  it("need a bundle, a key and a signature that can be read", async () => {
    const nowhere = bundle.prn.replace(/[0-9a-f-]{36}$/, randomUUID());
    const missing = `there is no bundle '${nowhere}' in this organization`;
    expectRefusal(await attach(signer, signer.sign(bundle.hash), nowhere), refusal(404, "not_found", missing));
    const body = { bundle_prn: bundle.prn, signature: signer.sign(bundle.hash) };
    expectRefusal(
      await api("POST", "/bundle_signatures", body),
      field("signing_key_prn", "is required, or signing_key_keyid in its place"),
    );
    const unknown = "there is no signing key with the keyid 'abc' in this organization";
    expectRefusal(
      await api("POST", "/bundle_signatures", { ...body, signing_key_keyid: "abc" }),
      refusal(404, "not_found", unknown),
    );
    expectRefusal(
      await attach(signer, "*"),
      field("signature", "is neither hex nor base64: it holds other characters"),
    );
    const none = `there is no bundle '${nowhere}' in this organization`;
    expectRefusal(await api("GET", `/bundles/${nowhere}/signatures`), refusal(404, "not_found", none));
  });
});
