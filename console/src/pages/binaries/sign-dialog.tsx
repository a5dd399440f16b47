import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { canSign, readPrivateKey, signHash } from "../../signing/ed25519.ts";
import { classes } from "../../ui/classes.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Hash } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, SelectField, TextArea, type Values } from "../../ui/form.tsx";
import { sayDone } from "../../ui/toast.tsx";
import { signingKeys } from "./signing-keys-query.ts";

const ways = [
  { id: "here", label: "Sign here" },
  { id: "paste", label: "Paste a signature" },
  { id: "shell", label: "In a shell" },
] as const;

type Way = (typeof ways)[number]["id"];

interface SignDialogProps {
  binary: Resources["binaries"];
  onClose: () => void;
}

/** Three ways to a signature: with a key in this page, with one that was made elsewhere, with a command. */
export function SignDialog({ binary, onClose }: SignDialogProps) {
  const [way, setWay] = useState<Way>(canSign ? "here" : "paste");
  const { data } = useQuery(signingKeys);
  const keys = (data?.items ?? []).filter(({ revoked_at }) => revoked_at === null);
  const hash = binary.hash!;

  const attach = async (signature: string, key: { signing_key_prn: string } | { signing_key_keyid: string }) => {
    await change("POST", "binary_signatures", null, { binary_prn: binary.prn, signature, ...key });
    await Promise.all(
      ["binaries", "binary_signatures", "events"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    );
    sayDone("The signature was verified and attached.");
    onClose();
  };

  return (
    <Dialog title={`Sign ${binary.target}`} onClose={onClose} wide>
      <p className="mb-3 flex flex-wrap items-center gap-1 text-sm text-muted">
        What is signed is the hash <Hash hash={hash} full />
      </p>
      <div role="tablist" aria-label="How to sign" className="mb-4 flex gap-1 border-b border-line">
        {ways.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={way === id}
            onClick={() => setWay(id)}
            className={classes(
              "-mb-px border-b-2 px-3 py-2 text-sm",
              way === id ? "border-accent font-medium text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {label}
          </button>
        ))}
      </div>
      {data && keys.length === 0 && (
        <p className="mb-4 rounded-md bg-warn-soft p-3 text-sm">
          No signing key is registered yet, so no signature can be verified.{" "}
          <Link to="/signing-keys" className="underline">
            Register the public key
          </Link>{" "}
          first.
        </p>
      )}
      {way === "here" && <Here keys={keys} hash={hash} attach={attach} onClose={onClose} />}
      {way === "paste" && <Paste keys={keys} attach={attach} onClose={onClose} />}
      {way === "shell" && <Shell binary={binary} />}
    </Dialog>
  );
}

interface WayProps {
  keys: Resources["signing_keys"][];
  attach: (signature: string, key: { signing_key_prn: string } | { signing_key_keyid: string }) => Promise<void>;
  onClose: () => void;
}

function Here({ keys, hash, attach, onClose }: WayProps & { hash: string }) {
  const sign = async ({ key: text }: Values) => {
    if (text === undefined) throw new FieldProblem("key", "is needed to sign with");
    const key = await readPrivateKey(text).catch((error: Error) => {
      throw new FieldProblem("key", `can't be read: ${error.message}`);
    });
    const registered = keys.find(({ keyid }) => keyid === key.keyid);
    if (!registered) {
      throw new FieldProblem(
        "key",
        `has the identifier ${key.keyid.slice(0, 16)}…, which is not among the signing keys`,
      );
    }
    await attach(await signHash(key, hash), { signing_key_prn: registered.prn });
  };
  if (!canSign) {
    return (
      <p className="text-sm text-muted">
        Browsers sign only on https pages and on localhost, and this page is neither. Sign in a shell instead.
      </p>
    );
  }
  return (
    <Form submit="Sign" onSubmit={sign} onCancel={onClose}>
      <p className="flex items-start gap-2 rounded-md bg-accent-soft p-3 text-sm">
        <ShieldCheck className="mt-0.5 size-4 shrink-0 text-accent" />
        The private key never leaves this page: the browser signs with it, only the signature is sent, and nothing of
        the key is kept.
      </p>
      <TextArea
        name="key"
        label="Ed25519 private key"
        hint="PEM (PKCS#8), or the 32-byte seed in hex or base64."
        placeholder={"-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----"}
        rows={4}
        mono
      />
    </Form>
  );
}

function Paste({ keys, attach, onClose }: WayProps) {
  const send = ({ signature = "", signing_key_prn = "" }: Values) => attach(signature.trim(), { signing_key_prn });
  return (
    <Form submit="Verify and attach" onSubmit={send} onCancel={onClose} disabled={keys.length === 0}>
      <SelectField
        name="signing_key_prn"
        label="Made with"
        options={keys.map(({ prn, name, algorithm }) => ({ value: prn, label: `${name} (${algorithm})` }))}
      />
      <TextArea name="signature" label="Signature" hint="Hex or base64; line breaks do no harm." rows={4} mono />
    </Form>
  );
}

function Shell({ binary: { prn, hash } }: { binary: Resources["binaries"] }) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-muted">With the CLI, which signs and attaches at once:</p>
      <CliHint
        command={`npx peridio binary-signatures create --binary-prn ${prn} --binary-content-path FILE --signing-key-private private.pem`}
      />
      <p className="text-muted">With OpenSSL and an Ed25519 key; paste what it prints:</p>
      <CliHint
        command={`printf %s ${hash} > hash.txt\nopenssl pkeyutl -sign -rawin -inkey private.pem -in hash.txt | base64 -w0`}
      />
      <p className="text-muted">With OpenSSL and an RSA or ECDSA key, over the content:</p>
      <CliHint command="openssl dgst -sha256 -sign private.pem FILE | base64 -w0" />
    </div>
  );
}
