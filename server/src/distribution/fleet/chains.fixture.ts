import { openOpenssl } from "../../signing/openssl.fixture.ts";

const keys = {
  ec: "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
  rsa: "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
} as const;

interface Wanted {
  key?: keyof typeof keys;
  /** Whose name and key sign it; itself when absent. */
  by?: string;
  /** From now; negative for one that has expired. */
  days?: number;
  /** Lines of extensions, in openssl's words. */
  extensions?: string[];
  /** The name of its key; `name` when absent. A key that is there is used again. */
  keyName?: string;
  commonName?: string;
}

/** Certificates that the real openssl signs, in a directory of its own; removed by `[Symbol.dispose]`. */
export interface Chains extends Disposable {
  /** Makes NAME.crt and NAME.key, with the name as common name, and answers the PEM of the certificate. */
  issue(name: string, wanted?: Wanted): string;
  authority(name: string, wanted?: Wanted): string;
  /** The PEM of a certificate that was made under this name. */
  read(name: string): string;
  privateKey(name: string): string;
}

export function openChains(): Chains {
  const openssl = openOpenssl();
  const known = new Set<string>();
  // Without the system's configuration, which adds extensions of its own.
  openssl.write("openssl.cnf", "[req]\ndistinguished_name = dn\n[dn]\n");
  const issue = (name: string, { key = "ec", by = name, days = 10, extensions = [], ...wanted }: Wanted = {}) => {
    const { keyName = name, commonName = name } = wanted;
    if (!known.has(keyName)) openssl.run(`${keys[key]} -out ${keyName}.key`);
    known.add(keyName);
    openssl.run(`req -new -utf8 -config openssl.cnf -key ${keyName}.key -subj /CN=${commonName} -out ${name}.csr`);
    openssl.write("extensions", extensions.join("\n"));
    const signer = by === name ? `-signkey ${keyName}.key` : `-CA ${by}.crt -CAkey ${by}.key`;
    openssl.run(`x509 -req -in ${name}.csr ${signer} -days ${days} -extfile extensions -out ${name}.crt`);
    return openssl.read(`${name}.crt`).toString();
  };
  return {
    issue,
    authority: (name, { extensions = ["basicConstraints=critical,CA:TRUE"], ...wanted } = {}) =>
      issue(name, { ...wanted, extensions: [...extensions, "subjectKeyIdentifier=hash"] }),
    read: (name) => openssl.read(`${name}.crt`).toString(),
    privateKey: (name) => openssl.read(`${name}.key`).toString(),
    [Symbol.dispose]: () => openssl[Symbol.dispose](),
  };
}
