import { type Openssl, openOpenssl } from "./openssl.ts";

/** A certificate authority for devices, made by the real openssl. */
export interface Authority {
  pem: string;
  openssl: Openssl;
}

const curve = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

export function makeAuthority(name: string, key = curve): Authority {
  const openssl = openOpenssl();
  openssl.makeKey("ca", key);
  openssl.run(
    `req -x509 -new -key ca.pem -out ca.crt -days 30 -subj /CN=${name} -addext keyUsage=critical,keyCertSign,cRLSign`,
  );
  return { pem: openssl.read("ca.crt").toString(), openssl };
}

/** A device's key and its certificate by this authority, both PEM. @param days until it ends; negative: it has ended */
export function issue(
  { openssl }: Authority,
  commonName: string,
  { days = 10, key = curve }: { days?: number; key?: string } = {},
): { certificate: string; key: string } {
  openssl.makeKey("device", key);
  openssl.run(`req -new -key device.pem -out device.csr -subj /CN=${commonName.replaceAll(" ", "_")}`);
  openssl.write(
    "device.ext",
    "basicConstraints=critical,CA:FALSE\nauthorityKeyIdentifier=keyid\nkeyUsage=digitalSignature\n",
  );
  openssl.run(
    `x509 -req -in device.csr -CA ca.crt -CAkey ca.pem -CAcreateserial -days ${days} -extfile device.ext -out device.crt`,
  );
  return { certificate: openssl.read("device.crt").toString(), key: openssl.read("device.pem").toString() };
}
