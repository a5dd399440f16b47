import { describe, expect, it } from "vitest";
import { openShell, prn, startRecorder } from "../run.fixture.ts";

async function open() {
  const server = await startRecorder();
  for (const name of ["product", "cohort", "device", "device_certificate", "ca_certificate"]) {
    const plain = `/${name}s`;
    server.answer("POST", plain, { [name]: { prn: prn(name) } }, 201);
    server.answer("PATCH", `${plain}/${prn(name)}`, { [name]: { prn: prn(name) } });
    server.answer("DELETE", `${plain}/${prn(name)}`, null, 204);
  }
  server.answer("POST", `/devices/${prn("device")}/update`, { status: "no_update" });
  server.answer("POST", "/ca_certificates/verification_codes", { verification_code: "c0de" }, 201);
  return { server, shell: await openShell(server.url) };
}

const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const device = prn("device");
const product = prn("product");
const cohort = prn("cohort");

/** Command line → what is sent. */
const sent: [string, string, unknown][] = [
  ["products create --name camera", "POST /products", { name: "camera" }],
  ["products create --name camera --archived", "POST /products", { name: "camera", archived: true }],
  [`products update --prn ${product} --archived false`, `PATCH /products/${product}`, { archived: false }],
  [
    `cohorts create --name beta --product-prn ${product} --description d`,
    "POST /cohorts",
    { name: "beta", product_prn: product, description: "d" },
  ],
  [`cohorts update --cohort-prn ${cohort} --name alpha`, `PATCH /cohorts/${cohort}`, { name: "alpha" }],
  [
    `devices create --identifier sn1 --product-prn ${product} --cohort-prn ${cohort} --tags a,b c --target arm --quarantined`,
    "POST /devices",
    {
      identifier: "sn1",
      product_prn: product,
      cohort_prn: cohort,
      tags: ["a", "b", "c"],
      target: "arm",
      quarantined: true,
    },
  ],
  [
    `devices update --prn ${device} --no-cohort --product-prn ${product} --quarantined false`,
    `PATCH /devices/${device}`,
    { product_prn: product, cohort_prn: null, quarantined: false },
  ],
  [`devices update --prn ${device} --description d`, `PATCH /devices/${device}`, { description: "d" }],
  [`devices delete --prn ${device}`, `DELETE /devices/${device}`, null],
  [
    `devices get-update --prn ${device} --release-version 1.0.0`,
    `POST /devices/${device}/update`,
    { prn: device, release_version: "1.0.0", write: false },
  ],
  [
    `devices get-update --prn ${device} --release-prn ${prn("release")} --bundle-prn ${prn("bundle")} --write`,
    `POST /devices/${device}/update`,
    { prn: device, release_prn: prn("release"), bundle_prn: prn("bundle"), write: true },
  ],
  [
    `device-certificates create --device-prn ${device} --certificate-path c.pem`,
    "POST /device_certificates",
    { device_prn: device, certificate: Buffer.from(pem).toString("base64") },
  ],
  [
    `device-certificates create --device-prn ${device} --certificate QUJD`,
    "POST /device_certificates",
    { device_prn: device, certificate: "QUJD" },
  ],
  ["ca-certificates create-verification-code", "POST /ca_certificates/verification_codes", null],
  [
    `ca-certificates create -c c.pem -v c.pem --description d`,
    "POST /ca_certificates",
    {
      certificate: Buffer.from(pem).toString("base64"),
      verification_certificate: Buffer.from(pem).toString("base64"),
      description: "d",
    },
  ],
  [
    `ca-certificates update --prn ${prn("ca_certificate")} --jitp-product-name camera --jitp-cohort-prn ${cohort} --jitp-tags a,b --jitp-second-certificate`,
    `PATCH /ca_certificates/${prn("ca_certificate")}`,
    { jitp: { product_name: "camera", cohort_prn: cohort, tags: ["a", "b"], allow_second_certificate: true } },
  ],
  [
    `ca-certificates update --prn ${prn("ca_certificate")} --no-jitp`,
    `PATCH /ca_certificates/${prn("ca_certificate")}`,
    { jitp: null },
  ],
];

describe("the commands of the fleet", () => {
  it.each(sent)("%s", async (line, request, body) => {
    const { server, shell } = await open();
    await shell.write("c.pem", pem);
    const { code, stderr } = await shell.run(...line.split(" "));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(server.asked).toHaveLength(1);
    expect(`${server.asked[0]!.method} ${server.asked[0]!.path}`).toBe(request);
    expect(server.asked[0]!.body).toEqual(body);
  });

  it.each([
    ["devices create --product-prn x", "--identifier is needed"],
    [`devices create --identifier x --product-prn ${cohort}`, "names a cohort"],
    [`devices update --prn ${device}`, "nothing to change is given"],
    [
      `devices get-update --prn ${device}`,
      "one of --release-prn, --bundle-prn and --release-version at least is needed",
    ],
    [`products update --prn ${product} --archived maybe`, "Allowed choices are true, false"],
    [`device-certificates create --device-prn ${device}`, "--certificate-path or --certificate is needed"],
    [
      `device-certificates create --device-prn ${device} --certificate QUJD --certificate-path c.pem`,
      "give --certificate or --certificate-path, not both",
    ],
    [`device-certificates create --device-prn ${device} --certificate-path k.pem`, "holds a private key"],
    ["ca-certificates create -c c.pem", "--verification-certificate is needed"],
    [
      `ca-certificates update --prn ${prn("ca_certificate")} --jitp-tags a`,
      "--jitp-product-prn or --jitp-product-name is needed",
    ],
  ])("%s is a mistake on the command line, and nothing is sent", async (line, message) => {
    const { server, shell } = await open();
    await shell.write("c.pem", pem);
    await shell.write("k.pem", "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n");
    const { code, stderr } = await shell.run(...line.split(" "));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(server.asked).toEqual([]);
  });
});
