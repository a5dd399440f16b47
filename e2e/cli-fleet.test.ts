import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./server.ts";
import { peridioOf, type Ran } from "./support/peridio.ts";

let server: TestServer;
let peridio: (...words: string[]) => Promise<Ran>;
beforeAll(async () => {
  server = await startTestServer();
  peridio = peridioOf(server);
});
afterAll(() => server.stop());

/** Runs it; it must succeed. */
async function ran(line: string): Promise<string> {
  const { code, stdout, stderr } = await peridio(...line.split(" "));
  expect(code, `${line}: ${stderr}`).toBe(0);
  return stdout.trim();
}

it("a line's authority, its devices and their certificates are made, registered, found and deleted with our CLI", async () => {
  const out = join(server.dataDirectory, "keys");
  const always = `--start-date 2020-01-01 --end-date 2050-01-01 --out ${out}`;
  const product = await ran("products create --name camera --output prn");
  const cohort = await ran(`cohorts create --name beta --product-prn ${product} --output prn`);

  await ran(`x509 create --common-name line --is-ca --config line ${always}`);
  const { verification_code: code } = JSON.parse(await ran("ca-certificates create-verification-code"));
  await ran(`x509 create --common-name ${code} --signer line ${always}`);
  const file = (name: string) => `${out}/${name}-certificate.pem`;
  const jitp = `--jitp-product-name camera --jitp-cohort-prn ${cohort} --jitp-tags new`;
  const authority = await ran(`ca-certificates create -c ${file("line")} -v ${file(code)} ${jitp} --output prn`);
  const shown = JSON.parse(await ran(`ca-certificates get --prn ${authority}`)).ca_certificate;
  expect(shown).toMatchObject({
    common_name: "line",
    jitp: { product_prn: product, cohort_prn: cohort, tags: ["new"] },
  });
  await ran(`ca-certificates update --prn ${authority} --no-jitp`);
  expect(JSON.parse(await ran("ca-certificates list --all")).ca_certificates).toMatchObject([{ jitp: null }]);

  const place = `--product-prn ${product} --cohort-prn ${cohort}`;
  const device = await ran(`devices create --identifier sn1 ${place} --tags a,b --output prn`);
  await ran(`x509 create --common-name sn1 --signer line ${always}`);
  const certificate = await ran(
    `device-certificates create --device-prn ${device} --certificate-path ${file("sn1")} --output prn`,
  );
  const [listed] = JSON.parse(await ran(`device-certificates list --all --device-prn ${device}`)).device_certificates;
  const told = new X509Certificate(readFileSync(file("sn1"))).fingerprint256.replaceAll(":", "");
  expect(listed).toMatchObject({ prn: certificate, fingerprint: told });
  expect(await ran(`devices list --cohort-prn ${cohort} --output table`)).toContain("sn1");
  await ran(`devices update --prn ${device} --no-cohort --quarantined`);
  expect(JSON.parse(await ran(`devices get --prn ${device}`)).device).toMatchObject({
    cohort_prn: null,
    quarantined: true,
  });

  const refused = await peridio("products", "update", "--prn", product, "--archived");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("while it has 1 device") });
  await ran(`devices delete --prn ${device}`);
  expect(await ran("device-certificates list --output prn")).toBe("");
  await ran(`ca-certificates delete --prn ${authority} --yes`);
  await ran(`products update --prn ${product} --archived`);
});
