import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const deploy = fileURLToPath(new URL("../deploy", import.meta.url));
const text = readFileSync(`${deploy}/compose.yaml`, "utf8");
const compose = parse(text, { merge: true });
// biome-ignore lint/suspicious/noExplicitAny: services of the file, read field by field.
const services: [string, any][] = Object.entries(compose.services);

/** Of the Compose Specification, as Docker's own compose-go 2.16.2 has it. */
const schema = JSON.parse(readFileSync(new URL("fixtures/compose-spec.json", import.meta.url), "utf8"));

/** Names that the file takes from the environment, with what stands behind them. */
const variables = [...text.matchAll(/\$\{(\w+)(:[-?])?([^}]*)\}/g)];

describe("compose.yaml", () => {
  it("is a Compose file", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    const valid = ajv.validate(schema, compose);
    expect(valid, ajv.errorsText()).toBe(true);
  });

  it("gives no container a writable root or a capability that it doesn't need", () => {
    for (const [name, service] of services) {
      expect([name, service.read_only, service.cap_drop]).toEqual([name, true, ["ALL"]]);
      expect(service.security_opt).toEqual(["no-new-privileges:true"]);
      expect(service.privileged).toBeUndefined();
      if (name !== "storage-volume") expect([name, service.cap_add]).toEqual([name, undefined]);
    }
  });

  it("lets only nginx be reached from outside", () => {
    expect(services.flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(["nginx"]);
    expect(compose.networks.back.internal).toBe(true);
  });

  it("has no password of its own: what is secret must be given", () => {
    for (const [, name, operator, rest] of variables) {
      const isOptional =
        operator === ":-" && ["PERIDIO_IMAGE", "HTTP_PORT", "HTTPS_PORT", "NGINX_DOWNLOADS"].includes(name!);
      expect([name, isOptional || (operator === ":?" && rest !== "")]).toEqual([name, true]);
    }
    const secret = /PASSWORD|SECRET|API_KEY|DATABASE_URL/;
    const given = services.flatMap(([, { environment = {} }]) => Object.entries<string>(environment));
    const secrets = given.filter(([name]) => secret.test(name));
    expect(secrets.length).toBeGreaterThan(10);
    for (const [name, value] of secrets) expect(value, name).toContain("${");
  });

  it("asks for what .env.example lists, and for nothing else", () => {
    const example = readFileSync(`${deploy}/.env.example`, "utf8");
    const listed = [...example.matchAll(/^(?:# )?([A-Z0-9_]+)=(.*)$/gm)];
    expect([...new Set(listed.map(([, name]) => name))].sort()).toEqual(
      [...new Set(variables.map(([, name]) => name))].sort(),
    );
    for (const [line] of listed.filter(([line]) => !line.startsWith("#"))) expect(line).toMatch(/=$/);
  });

  it("mounts files that exist, and has nginx and the servers agree on their addresses", () => {
    const { nginx } = compose.services;
    const mounted = nginx.volumes.filter((volume: string) => volume.startsWith("./"));
    for (const volume of mounted) {
      const path = volume.split(":/")[0]!.replace(/\$\{NGINX_DOWNLOADS:-(\w+)\}/, "$1");
      expect(existsSync(`${deploy}/${path}`), path).toBe(true);
    }
    const upstream = readFileSync(`${deploy}/nginx/upstream-compose.conf`, "utf8");
    const servers = services.filter(([name]) => /^server-\d$/.test(name));
    expect(servers.length).toBe(2);
    const addresses = servers.map(([, { networks }]) => networks.front.ipv4_address);
    expect([...upstream.matchAll(/server ([\d.]+):4000/g)].map(([, address]) => address)).toEqual(addresses);
    for (const [, { environment }] of servers) {
      expect(environment.PERIDIO_TRUSTED_PROXIES).toBe(nginx.networks.front.ipv4_address);
    }
  });
});
