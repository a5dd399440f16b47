import type { Api } from "../api.ts";
import { type Openssl, openOpenssl } from "./openssl.ts";

/** A certificate and its key, as PEM. */
export interface Identity {
  name: string;
  cert: string;
  key: string;
}

interface Wish {
  /** The common name. */
  name: string;
  /** Who signs; itself when absent. */
  by?: Identity;
  /** In openssl's words. */
  extensions?: string[];
  /** From now; negative for one that has expired. */
  days?: number;
  /** In the place of days: when it ends. */
  until?: Date;
}

/** Makes certificates of every kind with the real openssl. */
export interface IdentityShop {
  make(wish: Wish): Identity;
  /** One that may sign others. */
  makeAuthority(name: string, more?: Partial<Wish> & { constraints?: string }): Identity;
  /** One as devices have it, which names its authority's key. */
  makeDevice(name: string, by: Identity, more?: Partial<Wish>): Identity;
  remove(): void;
}

export function openShop(): IdentityShop {
  const openssl = openOpenssl();
  let count = 0;
  const shop: IdentityShop = {
    make({ name, by, extensions = [], days = 10, until }) {
      const id = `c${++count}`;
      openssl.run(`genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ${id}.key`);
      // Without the system's configuration, which adds extensions of its own.
      openssl.write(`${id}.cnf`, `[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=${name}\n`);
      openssl.write(`${id}.ext`, extensions.join("\n"));
      openssl.run(`req -new -key ${id}.key -config ${id}.cnf -out ${id}.csr`);
      if (by) {
        openssl.write(`${id}.by.crt`, by.cert);
        openssl.write(`${id}.by.key`, by.key);
      }
      const signer = by ? `-CA ${id}.by.crt -CAkey ${id}.by.key` : `-signkey ${id}.key`;
      if (until) signUntil(openssl, id, until);
      else openssl.run(`x509 -req -in ${id}.csr ${signer} -days ${days} -extfile ${id}.ext -out ${id}.crt`);
      const read = (file: string) => openssl.read(file).toString();
      return { name, cert: read(`${id}.crt`), key: read(`${id}.key`) };
    },
    makeAuthority: (name, { constraints = "CA:TRUE", ...more } = {}) =>
      shop.make({
        name,
        extensions: [
          `basicConstraints=critical,${constraints}`,
          "keyUsage=critical,keyCertSign,cRLSign",
          "subjectKeyIdentifier=hash",
        ],
        ...more,
      }),
    makeDevice: (name, by, more = {}) =>
      shop.make({
        name,
        by,
        extensions: ["basicConstraints=CA:FALSE", "authorityKeyIdentifier=keyid", "extendedKeyUsage=clientAuth"],
        ...more,
      }),
    remove: () => openssl.remove(),
  };
  return shop;
}

/** `openssl x509` counts in days; only `openssl ca` takes a moment. */
function signUntil(openssl: Openssl, id: string, until: Date): void {
  const end = until.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  openssl.write("index.txt", "");
  openssl.write(
    "ca.cnf",
    "[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n",
  );
  openssl.run(
    `ca -batch -notext -config ca.cnf -in ${id}.csr -cert ${id}.by.crt -keyfile ${id}.by.key -enddate ${end} -extfile ${id}.ext -out ${id}.crt`,
  );
}

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Registers an authority as its owner does: with a certificate for a code, which shows that its key is at hand. */
export async function registerAuthority(
  api: Api,
  shop: IdentityShop,
  authority: Identity,
  jitp?: Record<string, unknown>,
): Promise<string> {
  const code = (await api("POST", "/ca_certificates/verification_codes")).body.verification_code as string;
  const answer = await api("POST", "/ca_certificates", {
    certificate: base64(authority.cert),
    verification_certificate: base64(shop.make({ name: code, by: authority }).cert),
    ...(jitp && { jitp }),
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.ca_certificate.prn;
}
